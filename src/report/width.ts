import stringWidth from 'string-width'

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape begins with one
const ESCAPES = /\x1b\[[0-9;]*m/g
/** ASCII, Latin letters, dashes and dots, arrows, box drawing, blocks and braille: one column each. */
const NARROW = /^[ -~\u00a0-\u02ff\u2010-\u2027\u2190-\u2193\u2500-\u259f\u2800-\u28ff]*$/

/**
 * Where letters begin: but vowels and final consonants of a Hangul syllable, which a terminal puts into the cell of the
 * first.
 */
const LETTERS = /(?=(?![\u1160-\u11ff\ud7b0-\ud7ff])\p{Letter})/u

/**
 * How many columns of a terminal a text takes, without its colours. The characters of reports are counted directly;
 * only other scripts need Unicode's tables. Each letter takes its own columns, as in the wcwidth of terminals, also where
 * print joins several into one sign: क्ष takes two, and so does กำ.
 */
export function displayWidth(text: string): number {
  const plain = text.replace(ESCAPES, '')
  if (NARROW.test(plain)) return plain.length
  return plain.split(LETTERS).reduce((sum, part) => sum + stringWidth(part), 0)
}
