/**
 * What a person gave (an argument, a file, a node's name) can't be used; the message says why, in one line.
 *
 * @example
 * import { HashRing, InputError } from 'cachelab'
 * const twice = () => new HashRing(['cache1', 'cache1'])
 * try {
 *   twice()
 * } catch (error) {
 *   error instanceof InputError && error.message // 'node "cache1" is named twice'
 * }
 */
export class InputError extends Error {
  override readonly name = 'InputError'
}

/** What was asked for is too much work; the message says what grew. Commands add which of their options make it less. */
export class LimitError extends InputError {
  constructor(
    message: string,
    /** The names of the only options that do, where others that say how much don't. */
    readonly options?: readonly string[],
  ) {
    super(message)
  }
}

/** A policy or placement of a file lacks a part that is needed here; the message says which. */
export class NotOffered extends InputError {
  constructor(
    message: string,
    /** The same where the file and the purpose are known: `no has(key)`. */
    readonly lack: string,
  ) {
    super(message)
  }
}

/** The machine can't do what is needed: no temporary folder, no more processes; the message says what, in one line. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'
}

/** Errors of the system for which no other path would help. */
const SHORTAGES: ReadonlySet<unknown> = new Set(
  'EAGAIN EDQUOT EIO EMFILE ENFILE ENOMEM ENOSPC EPIPE EROFS'.split(' '),
)

/** Whether the machine has run out of something: room on the disk, memory, processes, open files. */
export const isShortage = (error: unknown): boolean => SHORTAGES.has((error as NodeJS.ErrnoException).code)

export const NO_WORKING_FOLDER = 'the working folder has been deleted'

/** The error to throw for one of the file system: whether the path or the machine is to blame, its code tells. */
export function fileError(error: unknown, message: string): InputError | EnvironmentError {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' && isNowhere()) return new EnvironmentError(NO_WORKING_FOLDER)
  return isShortage(error) ? new EnvironmentError(message) : new InputError(message)
}

/** Whether the working folder has been deleted: no relative path leads anywhere then. */
function isNowhere(): boolean {
  try {
    process.cwd()
    return false
  } catch {
    return true
  }
}
