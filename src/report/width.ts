import stringWidth from 'string-width'

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape begins with one
const ESCAPES = /\x1b\[[0-9;]*m/g
/** ASCII, Latin letters, dashes and dots, arrows, box drawing and blocks: one column each. */
const NARROW = /^[ -~\u00a0-\u02ff\u2010-\u2027\u2190-\u2193\u2500-\u259f]*$/

/**
 * How many columns of a terminal a text takes, without its colours. The characters of reports are counted directly;
 * only other scripts need Unicode's tables. A cluster of signs that is read as one, such as क्ष, counts as one; terminals
 * that don't combine them take more.
 */
export function displayWidth(text: string): number {
  const plain = text.replace(ESCAPES, '')
  return NARROW.test(plain) ? plain.length : stringWidth(text)
}
