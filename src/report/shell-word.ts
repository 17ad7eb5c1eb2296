import { printable } from './text.js'

/** A word of a command to copy, as bash and zsh take it: what can't be seen in it is spelled out. */
export function shellWord(word: string): string {
  // zsh puts the path of a program where a word begins with =.
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(word)) return word
  return printable(word) === word
    ? `'${word.replaceAll("'", "'\\''")}'`
    : `$'${word.replace(/./gsu, escaped)}'`
}

/** The same for a path, which no command takes for an option. */
export const shellPath = (path: string): string => shellWord(path.startsWith('-') ? `./${path}` : path)

/** Bytes in octal end after three digits in every shell; a quote is one of them, for readers that know no `\'`. */
function escaped(character: string): string {
  if (/[^'\\]/.test(character) && printable(character) === character) return character
  return [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
}
