const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\u0007' }
/**
 * Only ASCII spaces: the byte 0xa0 is part of `à` in UTF-8. Vertical tabs and form feeds before a word are skipped;
 * within it they belong to it.
 */
const WORDS = /[^\t-\r \0][^\t\n\r \0]*/g
const QUOTE = /["']/
const isSpace = (sign: string) => /[\t-\r \0]/.test(sign)
const endsWord = (sign: string) => /[\t\n\r \0]/.test(sign)

/**
 * Splits a line into words as redis-cli does: `"double"` quotes with \n, \r, \t, \b, \a and \xHH, `'single'` quotes
 * with \', and a space after each closing quote. Undefined if quotes aren't balanced.
 *
 * @example
 * import { splitWords } from 'cachelab/redis'
 * splitWords('SET greeting "hello world"') // [ 'SET', 'greeting', 'hello world' ]
 * splitWords('SET greeting "hello') // undefined
 */
export function splitWords(line: string): string[] | undefined {
  if (!QUOTE.test(line)) return line.match(WORDS) ?? []
  const words: string[] = []
  let at = 0
  for (;;) {
    while (at < line.length && isSpace(line[at])) at++
    if (at >= line.length) return words
    const found = wordAt(line, at)
    if (!found) return undefined
    words.push(found.word)
    at = found.end
  }
}

function wordAt(line: string, start: number): { word: string; end: number } | undefined {
  let word = ''
  let at = start
  while (at < line.length && !endsWord(line[at])) {
    const quote = line[at]
    if (quote !== '"' && quote !== "'") {
      word += line[at++]
      continue
    }
    const quoted = quote === '"' ? doubleQuoted(line, at + 1) : singleQuoted(line, at + 1)
    if (!quoted || (quoted.end < line.length && !isSpace(line[quoted.end]))) return undefined
    return { word: word + quoted.word, end: quoted.end }
  }
  return { word, end: at }
}

function doubleQuoted(line: string, start: number): { word: string; end: number } | undefined {
  let word = ''
  for (let at = start; at < line.length; at++) {
    if (line[at] === '"') return { word, end: at + 1 }
    const hexadecimal = /^\\x([\da-f]{2})/i.exec(line.slice(at, at + 4))
    if (hexadecimal) {
      word += String.fromCharCode(Number.parseInt(hexadecimal[1], 16))
      at += 3
    } else if (line[at] === '\\' && at + 1 < line.length) {
      const sign = line[++at]
      word += ESCAPES[sign] ?? sign
    } else word += line[at]
  }
  return undefined
}

function singleQuoted(line: string, start: number): { word: string; end: number } | undefined {
  let word = ''
  for (let at = start; at < line.length; at++) {
    if (line[at] === "'") return { word, end: at + 1 }
    if (line[at] === '\\' && line[at + 1] === "'") at++
    word += line[at]
  }
  return undefined
}

const NAMED: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\u0007': '\\a',
  '"': '\\"',
  '\\': '\\\\',
}

/** A text in double quotes, as redis-cli shows it and can read it again. */
export function quoted(text: string): string {
  const signs = text.replace(/[^ !#-[\]-~]/g, (sign) => {
    return NAMED[sign] ?? `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
  return `"${signs}"`
}

/** A command as typed, with quotes only where needed. */
export function joinWords(words: readonly string[]): string {
  return words.map((word) => (/^[!#-&(-[\]-~]+$/.test(word) ? word : quoted(word))).join(' ')
}
