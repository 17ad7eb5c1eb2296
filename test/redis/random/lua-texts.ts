// What scripts are made of: numbers, formats and texts for Lua's libraries, right ones and odd ones.

export const NUMBERS = [
  ...'0 1 2 -1 3 7 10 255 256 -128 1.5 -0.5 0.1 2.5 1e3 1e15 1e17 123456789 2147483648 -2147483649'.split(
    ' ',
  ),
  ...'4294967295 9007199254740993 1e100 -1e100 1/3 -0.0 1/0 -1/0 2^53 2^63 0x10 3.0'.split(' '),
]
export const JSON_TEXTS = [
  ...'[] {} 1 "a" [1,2,3] {"a":1} [[[]]] null true [null,false] 1e5 -0 [1,] {1:2} [1 nul "\\u00e9" "\\ud83d\\ude00"'.split(
    ' ',
  ),
  ...[
    '',
    ' [ 1 , "x" ] ',
    '{"a":{"b":[1.5,null]}}',
    '"\\q"',
    '[1]x',
    '{"a":1,}',
    '0x10',
    '01',
    '"\\u12"',
    '[1e400]',
  ],
  ...['"a\tb"', '"a\\u0000b"', '-', '+1', '.5', '1.', 'inf', 'NaN', '[-Infinity]', '"\xff"', '{"a":1 "b":2}'],
]
export const PACKED = [
  ...['\\1', '\\127', '\\192', '\\193', '\\194\\195', '\\204\\255', '\\205\\1', '\\208\\128', '\\224'],
  ...[
    '\\145\\1',
    '\\129\\161a\\1',
    '\\161',
    '\\217\\1a',
    '\\202\\63\\128\\0\\0',
    '\\207\\1\\2\\3\\4\\5\\6\\7\\8',
  ],
  ...[
    '\\196\\1a',
    '\\220\\0\\1\\5',
    '\\222\\0\\1\\1\\2',
    '\\211\\255\\255\\255\\255\\255\\255\\255\\255',
    '',
  ],
]
export const FORMATS = [
  'b',
  '>h',
  '<H',
  'i',
  '>I',
  'l',
  'd',
  'f',
  's',
  'c0',
  'c3',
  '>I3',
  'i8',
  'x',
  '!4bi',
  'Bs',
  'z',
  'i9',
  '',
]
export const SPECIFIERS =
  '%d %5d %-5d| %05d %+d %x %X %o %u %c %s %10s %-10s| %.2s %q %f %.3f %e %g %.14g %.17g %G %i %% %y %'.split(
    ' ',
  )
export const PATTERNS = [
  'a',
  '.',
  '%a+',
  '[a-c]',
  '(a)(b?)',
  '^h',
  'o$',
  '%w-',
  '()',
  '%d*',
  '[^%s]+',
  '%b()',
  '%f[%w]',
  '(',
  '[',
  '%',
]
export const REPLACEMENTS = ['x', '%0%0', '%1', '%2', '', '<%0>', '%']

export const SHEBANGS = [
  '',
  ' flags=no-writes',
  ' flags=allow-oom,allow-stale',
  ' flags=x',
  ' name=a',
  ' flags=no-cluster',
  'x',
]
