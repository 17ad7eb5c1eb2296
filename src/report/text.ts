/**
 * Characters that a reader doesn't see or that act on what shows them: C0, DEL, C1, soft hyphens, marks and overrides
 * of the writing's direction, separators of lines, zero widths and tags (but the joiners that writings and emoji
 * need), what XML 1.0 forbids, and halves of surrogate pairs.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}\p{Surrogate}]/gu

/** A text in one line, with what can't be seen in it spelled out: it can't repaint a terminal or change the order of what is read. */
export function printable(text: string): string {
  return text.replace(UNSEEN, spelled)
}

/** The same for a text whose lines and tabs are kept. */
export function printableLines(text: string): string {
  const lines = text.replaceAll('\r\n', '\n')
  return lines.replace(UNSEEN, (character) => (/[\n\t]/.test(character) ? character : spelled(character)))
}

function spelled(character: string): string {
  const code = character.codePointAt(0)!
  const digits = code.toString(16)
  if (code > 0xffff) return `\\u{${digits}}`
  return code > 0xff ? `\\u${digits.padStart(4, '0')}` : `\\x${digits.padStart(2, '0')}`
}

/**
 * A text for a log that a CI server reads commands from: `::name …::` at the beginning of a line (GitHub, which skips
 * spaces before it), `##[name]`, `##vso[` and `##teamcity[` anywhere. A space breaks them up, where it can be seen.
 * Comes after all that decides where lines begin.
 */
export function withoutCommands(text: string): string {
  return text.replace(/^([^\S\n]*:)(?=:[a-z])/gim, '$1 ').replace(/##(?=\w*\[)/g, '# #')
}

/** JSON that is safe in the same way, with the data unchanged: only escapes in its strings differ. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
    .replace(UNSEEN, (character) => (character === '\n' ? character : escaped(character)))
    .replace(/##(?=\w*\[)/g, '\\u0023#')
  return `${text}\n`
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, i) => {
    return `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`
  }).join('')
}
