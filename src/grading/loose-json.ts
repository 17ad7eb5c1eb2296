/**
 * JSON with NaN, Infinity and -Infinity, which Python writes, too: a computed value is reported as it is, not as null.
 */

/** Taken before a solution in the same process could replace them. */
const { parse, stringify } = JSON
const WORDS = ['NaN', 'Infinity', '-Infinity']
/** Begins a text that stands for such a number; half a character, and so in no other text. */
const MARK = '\udfff'

/** A value as one line; undefined where JSON has nothing for it. */
export function writeLoosely(value: unknown): string | undefined {
  const text: string | undefined = stringify(value, (_, part) =>
    typeof part === 'number' && !Number.isFinite(part) ? MARK + part : part,
  )
  return text?.replace(/"\\udfff(NaN|-?Infinity)"/g, '$1')
}

/** Reads a line that isn't JSON, but would be without such numbers. Throws SyntaxError. */
export function readLoosely(line: string): unknown {
  const marked = line.replace(/"(?:[^"\\]|\\.)*(?:"|$)|NaN|-?Infinity/g, (token) =>
    WORDS.includes(token) ? `"${MARK}${token}"` : token,
  )
  return parse(marked, (_, part) =>
    typeof part === 'string' && part.startsWith(MARK) ? Number(part.slice(1)) : part,
  )
}
