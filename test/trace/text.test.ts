import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberIn } from '../../src/trace/text/bytes.js'
import type { TraceOptions } from '../../src/trace/trace.js'
import { byLayer } from '../layer.js'
import { bytesOf, readAll } from './reading.js'

const reading = async (text: string, options: TraceOptions = {}) => (await readAll(text, options)).keys

describe('what the columns are', () => {
  test.each<[string, string, TraceOptions, number[]]>([
    ['tabs', '1\ta b\n2\tc\n3\ta b\n', { keyColumn: '2' }, [0, 1, 0]],
    ['semicolons', '1,5;a\n2,5;b\n1,5;a\n', { keyColumn: '2' }, [0, 1, 0]],
    ['bars', '1|a\n2|b\n1|a\n', { keyColumn: '2' }, [0, 1, 0]],
    ['runs of spaces', ' 1   a\n10  b \n 2 \t a\r\n', { keyColumn: '2' }, [0, 1, 0]],
    ['a delimiter that is given', 'a!1\nb!2!3\na!1\n', { keyColumn: '1', delimiter: '!' }, [0, 1, 0]],
    ['a name tells the delimiter', 'my key,x y\na b,1 2\nc d,1 2\n', { keyColumn: 'my key' }, [0, 1]],
    ['one column in quotes', '"a b"\n"c, d"\na b\n', {}, [0, 1, 0]],
    [
      'spaces within quotes and around them',
      'x,  a b  \ny,"a b"\nz," a b "\n',
      { keyColumn: '2' },
      [0, 0, 0],
    ],
    ['line breaks in quotes', 'k,v\n"a\nb",1\nc,2\n"a\nb",3\n', { keyColumn: 'k' }, [0, 1, 0]],
    ['comments', '# time,key\n1,a\n#2,b\n3,c\n', { keyColumn: '2', comment: '#' }, [0, 1]],
    ['a byte order mark', '\ufeffkey,x\na,1\n', { keyColumn: 'key' }, [0]],
  ])('%s', async (_, text, options, keys) => expect(await reading(text, options)).toEqual(keys))

  test.each<[string, string, TraceOptions, number]>([
    ['text above numbers', 'x\n1\n2\n', {}, 2],
    ['text above numbers, in one column of several', 'u,n\na,1\nb,2\n', { keyColumn: '1' }, 2],
    ['a known name, for any keys', 'key\na\nb\n', {}, 2],
    ['a column that is named', 'who,what\na,b\nc,d\n', { keyColumn: 'who' }, 2],
    ['a word above fields with digits', 'user,item\nu1,i1\nu2,i2\nu1,i1\n', { keyColumn: '1' }, 3],
    ['one such column of several', 'k,op\nk1,get\nk1,delete\n', { keyColumn: '1' }, 2],
    ['one such column, of a field that comes again', 'k,get\nk1,get\nk1,delete\n', { keyColumn: '1' }, 3],
    ['a sign above fields with digits', '-,a\nk1,b\nk1,c\n', { keyColumn: '1' }, 3],
    ['a word above a column with digits', 'user\nu1\nu2\nu1\n', {}, 3],
    ['a word above words, one without a digit', 'user\nu1\nadmin\nu1\n', {}, 4],
    ['text above text', 'who,what\na,b\nc,d\n', { keyColumn: '1' }, 3],
    ['if it is said', 'who,what\na,b\nc,d\n', { keyColumn: '1', header: 'yes' }, 2],
    ['if it is denied', 'key\na\nb\n', { header: 'no' }, 3],
    ['numbers above numbers', '1\n2\n3\n', {}, 3],
    ['of a plain text that is named so', 'key\n1\n', { format: 'plain' }, 1],
    ['never of whole lines', 'key\n1\n', { format: 'lines' }, 2],
  ])('a header: %s', async (_, text, options, requests) =>
    expect(await reading(text, options)).toHaveLength(requests),
  )

  test('are said, and those that are not used', async () => {
    const table = 'time,key,size,color\n1,a,5,red\n'
    const { notices, trace } = await readAll(table, { keyColumn: '2' })
    expect(notices).toEqual([
      'trace: a table with commas between its columns and a header; keys are in column 2 "key"; times are in column 1 "time" and are not used: --time-column 1; sizes are in column 3 "size" and are not used: --size-column 3; not used: column 4 "color"',
    ])
    expect(trace.parameters).toEqual({
      traceFormat: 'table',
      delimiter: 'commas',
      header: 'yes',
      keyColumn: '2 "key"',
    })
  })

  test.each<[string, string, TraceOptions, string]>([
    ['a header of one column', 'user\nu1\n', {}, 'plain text, one key a line, a header'],
    [
      'comments that nobody named',
      '#a\nb\n#a\n',
      {},
      "lines that begin with # are read like the others, --comment '#' skips",
    ],
    [
      'one column',
      '"a b"\n"c, d"\n',
      { format: 'csv' },
      'a table of one column and no header; keys are in column 1',
    ],
    [
      'milliseconds',
      't,k\n1600000000000,a\n',
      { keyColumn: 'k', timeColumn: 't' },
      'times, such as 1600000000000, are taken as seconds',
    ],
    [
      'milliseconds in JSON',
      '{"t":1600000000000,"k":1}\n',
      { keyColumn: 'k', timeColumn: 't' },
      'times, such as 1600000000000, are',
    ],
    [
      'what counts in an access log',
      '::1 - - [10/Oct/2000:20:55:37 +0000] "GET /b?x HTTP/1.1" 200 7\n',
      {},
      'whatever its method and status; keys are paths with their queries',
    ],
  ])('a notice says %s', async (_, text, options, notice) => {
    expect((await readAll(text, options)).notices.join()).toContain(notice)
  })

  test('nothing is said of seconds, nor of a header that begins with #', async () => {
    const { notices } = await readAll('#t,k\n1600000000,a\n', { keyColumn: 'k', timeColumn: '#t' })
    expect(notices).toEqual([
      'trace: a table with commas between its columns and a header; keys are in column 2 "k"; times are in column 1 "#t"',
    ])
  })

  test('all facts of a row', async () => {
    const rows = 'k,s,t,l,o,n\na,5,1.5,60,GET,2\nb,7,2,0,Set,1\na,0,2,0,delete,1\nc,1,2,0,read,0\n'
    const options = {
      keyColumn: 'k',
      sizeColumn: 's',
      timeColumn: 't',
      ttlColumn: 'l',
      opColumn: 'o',
      countColumn: 'n',
    }
    const all = await readAll(rows, options)
    expect(all.keys).toEqual([0, 0, 1, 0])
    expect(all.sizes).toEqual([5, 5, 7, 1])
    expect(all.times).toEqual([1.5, 1.5, 2, 2])
    expect(all.ttls).toEqual([60, 60, 0, 0])
    expect(all.operations).toEqual([0, 0, 1, 2])
  })

  test('a count of more requests than a batch holds', async () => {
    const all = await readAll('a,200000\nb,1\n', { keyColumn: '1', countColumn: '2', sizeColumn: '2' })
    expect(all.keys).toHaveLength(200_001)
    expect(all.sizes!.slice(-2)).toEqual([200_000, 1])
  })
})

describe('refused, with the line', () => {
  test.each<[string, string, TraceOptions, string]>([
    [
      'columns without a name',
      'time,key\n1,a\n',
      {},
      'say with --key-column which one is the key; the columns are 1 "time", 2 "key"',
    ],
    [
      'what may be webcachesim',
      '1 0 68\n2 1 70\n',
      {},
      '--trace-format webcachesim if they are time, object and size',
    ],
    ['several fields', 'GET /a\nGET /b\n', {}, 'trace: say with --key-column'],
    [
      'lines that differ',
      'a\nb\nc d\n',
      {},
      'trace, line 3: 2 columns between spaces, line 1 has 1; give --trace-format lines',
    ],
    [
      'a line that differs far behind',
      `${'1,2\n'.repeat(30_000)}3\n`,
      { keyColumn: '1' },
      'trace, line 30001: 1 column, the lines before have 2',
    ],
    [
      'several fields far behind',
      `${'a\n'.repeat(50_000)}b c\n`,
      {},
      'trace, line 50001: several fields, "b c"; give --trace-format lines',
    ],
    ['several fields in a plain text', 'a b\n', { format: 'plain' }, 'trace, line 1: several fields'],
    [
      'no such column',
      'a,b\n1,2\n',
      { keyColumn: '3' },
      'there is no column "3"; the columns are 1 "a", 2 "b"',
    ],
    ['column 0', 'a,b\n1,2\n', { keyColumn: '0' }, 'there is no column "0"'],
    ['a name without a header', '1,2\n3,4\n', { keyColumn: 'id' }, 'there is no column "id" and no header'],
    [
      'a size column that is not there',
      'k,s\na,1\n',
      { keyColumn: 'k', sizeColumn: 'x' },
      'there is no column "x"',
    ],
    [
      'a size of 0',
      'k,s\na,1\nb,0\n',
      { keyColumn: 'k', sizeColumn: 's' },
      'trace, line 3: the size in column 2 is 0',
    ],
    [
      'a size below 0',
      'k,s\na,-1\n',
      { keyColumn: 'k', sizeColumn: 's' },
      'trace, line 2: the size "-1" in column 2 is negative',
    ],
    [
      'a size in words',
      'k,s\na,big\n',
      { keyColumn: 'k', sizeColumn: 's' },
      'trace, line 2: the size "big" in column 2 is not a number',
    ],
    [
      'an endless size',
      'k,s\na,1e999\n',
      { keyColumn: 'k', sizeColumn: 's' },
      'trace, line 2: the size "1e999"',
    ],
    [
      'a time that goes back',
      'k,t\na,2\nb,1\n',
      { keyColumn: 'k', timeColumn: 't' },
      'trace, line 3: the time in column 2 goes back from 2 to 1',
    ],
    ['a time in words', 'k,t\na,now\n', { keyColumn: 'k', timeColumn: 't' }, 'trace, line 2: the time "now"'],
    [
      'a TTL below 0',
      'k,t\na,-2\n',
      { keyColumn: 'k', ttlColumn: 't' },
      'trace, line 2: the TTL "-2" in column 2 is negative',
    ],
    [
      'an operation',
      'k,o\na,get\nb,fly\n',
      { keyColumn: 'k', opColumn: 'o' },
      'trace, line 3: the operation "fly" in column 2 is none of get',
    ],
    [
      'half a count',
      'k,n\na,1.5\n',
      { keyColumn: 'k', countColumn: 'n' },
      'trace, line 2: the count in column 2 must be a whole number up to 1000000',
    ],
    [
      'too many',
      'k,n\na,1000001\n',
      { keyColumn: 'k', countColumn: 'n' },
      'trace, line 2: the count in column 2',
    ],
    [
      'half a byte',
      'k,s\na,1.5\n',
      { keyColumn: 'k', sizeColumn: 's' },
      'line 2: the size in column 2 is 1.5, and is not a whole',
    ],
    [
      'a delimiter that no line has',
      'a,b\n',
      { delimiter: ';', keyColumn: '1' },
      'no line has a delimiter ";"',
    ],
    [
      'a JSON array',
      '[\n{"a": 1},\n{"a": 2}\n]\n',
      { keyColumn: 'a' },
      'trace: a JSON array; write an object a line',
    ],
    ['comments that nobody named', '# my trace\n1\n2\n', {}, "or --comment '#' to skip lines"],
    ['an empty key', 'k,n\na,1\n,2\n', { keyColumn: 'k' }, 'trace, line 3: the key in column 1 is empty'],
    [
      'a quote that never closes',
      'k,n\na,1\n"b,2\nc,3\n',
      { keyColumn: 'k' },
      'trace, line 3: a quote opens here and is never closed',
    ],
    [
      'one that opens behind line breaks',
      'k,n\n"a\n\n",1\nb,"2\n',
      { keyColumn: 'k' },
      'trace, line 5: a quote opens here',
    ],
    [
      'one far behind',
      `k,n\n${'a,1\n'.repeat(30_000)}"b,2\n`,
      { keyColumn: 'k' },
      'trace, line 30002: a quote opens here',
    ],
    [
      'one with a mebibyte behind it',
      `k,n\n${'a,1\n'.repeat(30_000)}"b,2\n${'c,3\n'.repeat(600_000)}`,
      { keyColumn: 'k' },
      'trace, line 30002: a quote opens here',
    ],
    [
      'text behind a quote',
      'k,n\n"a"b,1\n',
      { format: 'csv', keyColumn: 'k' },
      'trace, line 2: column 1 has text after its closing quote',
    ],
    ['only comments', '#a\n#b\n', { comment: '#' }, 'trace holds no requests: 2 comments skipped'],
    ['only a header', 'time,key\n', { keyColumn: 'key' }, 'trace holds no requests, only a header'],
    ['a NUL byte', 'a\nb\0\nc\n', {}, 'trace, line 2: a NUL byte'],
    ['NUL bytes all over', 'a\0\x01b\0\n', {}, 'binary data in no format that is known'],
    ['a very long line', `a\n${'x'.repeat(3 << 20)}`, {}, 'trace, line 2: longer than 1048576 bytes'],
    [
      'a very long row',
      `a,b\n${'x'.repeat(3 << 20)}`,
      { keyColumn: '1' },
      'line 2: longer than 1048576 bytes',
    ],
    [
      'columns of a format that has its own',
      '1 0 68\n',
      { format: 'webcachesim', keyColumn: '1' },
      '--key-column cannot be used with --trace-format webcachesim',
    ],
    [
      'blocks of a table',
      'a\n',
      { blockSize: 512 },
      '--block-size cannot be used with a table; it is for spc, msr, address',
    ],
    [
      'JSON lines without a field',
      '{"a":{"b":1},"c":2}\n',
      {},
      'say with --key-column which field is the key; the fields are "a.b", "c"',
    ],
    [
      'a field that is missing',
      '{"a":1}\n{"b":1}\n',
      { keyColumn: 'a' },
      'trace, line 2: there is no field "a"; the fields are "b"',
    ],
    [
      'a broken JSON line',
      '{"a":1}\n{"a":\n',
      { format: 'jsonl', keyColumn: 'a' },
      'trace, line 2: not a JSON object',
    ],
    [
      'a JSON number that is rounded',
      '{"a":12345678901234567890}\n',
      { keyColumn: 'a' },
      'a number over 2^53',
    ],
    ['too many blocks', '1 2000000 0 0\n', { format: 'arc' }, 'trace, line 1: 2000000 blocks'],
    ['half a block', '1.5 2 0 0\n', { format: 'arc' }, 'trace, line 1: its blocks are not whole numbers'],
    [
      'an address',
      'l 0x1\ns 0xfoo\n',
      { format: 'address' },
      'trace, line 2: the address "0xfoo" in column 2',
    ],
    ['a log of something else', 'hello\n', { format: 'clf' }, 'trace, line 1: not a line of an access log'],
    ['a monitor of something else', 'hello\n', { format: 'monitor' }, 'trace, line 1: not a line of MONITOR'],
    [
      'a Twitter row that is cut',
      '1,a,2,3,4,get\n',
      { format: 'twitter' },
      'trace, line 1: 6 columns, 7 are needed',
    ],
    ['null as a key', '{"key":null}\n', { keyColumn: 'key' }, 'trace, line 1: the field "key" is null'],
    [
      'a very long JSON line',
      `{"key":"${'x'.repeat(3 << 20)}"}\n`,
      { keyColumn: 'key' },
      'trace, line 1: longer than 1048576 bytes',
    ],
    ['comments in columns', '# a\n# b\n', {}, "--comment '#' to skip lines"],
    [
      'keys as sizes',
      'k,s\n1,2\n',
      { keyColumn: '2', sizeColumn: 's' },
      '--size-column names the column of the keys, 2 "s"',
    ],
    [
      'keys as sizes in JSON',
      '{"k":1}\n',
      { keyColumn: 'k', sizeColumn: 'k' },
      '--size-column names the field of the keys, "k"',
    ],
    ['lines that differ, with a key', 'a b\nc d e\n', { keyColumn: '1' }, 'as keys, or --delimiter'],
    [
      'JSON lines as a table',
      '{"k":"a","n":1}\n',
      { keyColumn: 'k', delimiter: ',' },
      '--delimiter cannot be used with jsonl, which this is',
    ],
    [
      'a table whose first line has a wrong quote',
      'x,"a"b\n1,2\n',
      { keyColumn: 'k', delimiter: ',' },
      'trace, line 1: column 2 has text after its closing quote',
    ],
    [
      'counts of 0',
      'k,n\na,0\nb,0\n',
      { keyColumn: 'k', countColumn: 'n' },
      'trace holds no requests: all its counts are 0',
    ],
    [
      'a time that a double rounds',
      '128166372013061629,a\n128166372003061629,a\n',
      { keyColumn: '2', timeColumn: '1' },
      'trace, line 2: the time in column 1 goes back to 128166372003061629',
    ],
  ])('%s', async (_, text, options, message) => {
    for (const size of text.length > 1 << 20 ? [1 << 18] : [4096, 1 << 20])
      await expect(readAll(bytesOf(text), options, {}, size)).rejects.toThrow(message)
  })

  test('sizes that a trace does not have', async () => {
    const wanted = { sizes: true }
    await expect(readAll('a\nb\n', {}, wanted)).rejects.toThrow(
      'trace: a capacity in bytes needs sizes; plain has none',
    )
    await expect(readAll('k,n\na,1\n', { keyColumn: 'k' }, wanted)).rejects.toThrow(
      'needs sizes; name their column with --size-column; the columns are 1 "k", 2 "n"',
    )
  })
})

test('keys of a sample: those outside of it are left out and counted', async () => {
  const { KeyIndex, UNSAMPLED } = await import('../../src/trace/key-index.js')
  class Half extends KeyIndex {
    override numberOf(key: number) {
      return key % 2 === 0 ? super.numberOf(key) : UNSAMPLED
    }
    override number(source: Uint8Array, start: number, end: number) {
      return source[start] === 97 ? super.number(source, start, end) : UNSAMPLED
    }
  }
  const plain = await readAll('1\n2\n3\n4\nab\nb\nab\n', { index: new Half() })
  expect([plain.keys, plain.trace.unsampled]).toEqual([[0, 1, 2, 2], 3])
  const table = await readAll('x,ab,3\nx,b,2\n', { index: new Half(), keyColumn: '2', countColumn: '3' })
  expect([table.keys, table.trace.unsampled]).toEqual([[0, 0, 0], 2])
})

test('a message quotes 60 characters at most, and lists 20 columns', async () => {
  const long = 'x'.repeat(500)
  const cut = `"${'x'.repeat(60)}…"`
  const names = Array.from({ length: 400 }, (_, i) => `${long}${i}`).join(',')
  for (const [text, options, message] of [
    [`k,t\na,${long}\n`, { keyColumn: 'k', timeColumn: 't' }, `the time ${cut} in column 2`],
    [`k,t\na,${long}\n`, { keyColumn: 'k', opColumn: 't' }, `the operation ${cut} in column 2`],
    [`k,t\na,${long}\n`, { keyColumn: 'k', countColumn: 't' }, `the count ${cut} in column 2`],
    [`{"k":1,"${long}":2}\n`, { keyColumn: 'z' }, `the fields are "k", ${cut}`],
    [`{"k":1,"t":"${long}"}\n`, { keyColumn: 'k', timeColumn: 't' }, 'in "t" is not a number'],
    [`${long} 1\n`, { format: 'plain' }, `several fields, ${cut}`],
    [`l 0x${long}\n`, { format: 'address' }, 'in column 2 is not a hexadecimal'],
    [names, {}, `1 ${cut}, 2 ${cut}, `],
    [names, {}, `20 ${cut} and 380 more, between commas`],
  ] as [string, TraceOptions, string][]) {
    const error = await readAll(text, options).catch((one: Error) => one)
    expect(String(error)).toContain(message)
    expect(String(error).length).toBeLessThan(1700)
  }
})

test('times are read where there are TTLs', async () => {
  const twitter = '5,a,1,213,4,get,0\n6,b,1,213,4,set,60\n'
  const { times, notices } = await readAll(twitter)
  expect(times).toEqual([5, 6])
  expect(notices.join()).toContain('its sizes are not used')
  expect((await readAll('5,k\n', { keyColumn: '2' })).times).toBeUndefined()
})

const quoted = (text: string) =>
  /[",\n\r]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text

test('a table comes back as it was written, whatever the fields hold', async () => {
  const field = fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '\n', ' ', 'é', ';'), maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 30 }),
      fc.nat(60),
      async (rows, size) => {
        const keys = rows.map(([, key]) => `k${key}`.trim())
        const text = rows.map(([other], i) => `${quoted(`x${other}`)},${quoted(keys[i])}\n`).join('')
        const all = await readAll(text, { format: 'csv', keyColumn: '2', header: 'no' }, {}, size + 1)
        const order = [...new Set(keys)]
        expect(all.keys).toEqual(keys.map((key) => order.indexOf(key)))
      },
    ),
    { numRuns: byLayer(50, 1000) },
  )
})

test('numbers are read as Number reads them', () => {
  const parse = (text: string) => numberIn(bytesOf(` ${text} `), 1, 1 + bytesOf(text).length)
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.nat(9)).map(([a, b]) => `${a}.${b}`),
    fc.nat().map((n) => `0${n}`),
  )
  fc.assert(
    fc.property(number, (text) => {
      expect(parse(text)).toBe(Number(text))
    }),
  )
  for (const text of ['', '.', '-', '0x1f', '1e', 'Infinity', 'NaN', '1 2', '1_000', '--1', '1.2.3'])
    expect(parse(text), text).toBeNaN()
})
