/** What a person gave (an argument, a file, a node's name) can't be used; the message says why, in one line. */
export class InputError extends Error {
  override readonly name = 'InputError'
}
