/** What a person gave (an argument, a file, a node's name) can't be used; the message says why, in one line. */
export class InputError extends Error {
  override readonly name = 'InputError'
}

/** The machine can't do what is needed: no temporary folder, no more processes; the message says what, in one line. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'
}
