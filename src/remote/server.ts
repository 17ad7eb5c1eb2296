import { InputError } from '../input-error.js'
import type { Address } from './address.js'

/** A real server that holds texts under keys. Calls may be made together; each throws what the server says. */
export interface RemoteServer {
  readonly address: Address
  /** Its memory limit in bytes; undefined where it sets none. */
  readonly limit: number | undefined
  get(key: string): Promise<string | undefined>
  /** Stores a text that expires after an hour. */
  set(key: string, text: string): Promise<void>
  /** Stores a text under each of at most BATCH keys, in commands of their own; the errors of those that it refused. */
  setAll(keys: readonly string[], text: string): Promise<Error[]>
  /** How many of at most BATCH keys it has. */
  count(keys: readonly string[]): Promise<number>
  /** Deletes at most BATCH keys. */
  delete(keys: readonly string[]): Promise<void>
  close(): void
}

/** How long a server may take to answer, in milliseconds. */
export const PATIENCE = 2000
/** Seconds after which the server drops what cachelab could not delete. */
export const LIFETIME = 3600

/** Keys that are written together, and that one command counts or deletes. */
export const BATCH = 1000

/** Deletes `count` keys, a batch after the other; the number of those that a server which stopped answering may still have. */
export async function deleteAll(
  server: RemoteServer,
  keys: Iterable<string>,
  count: number,
): Promise<number> {
  let left = count
  try {
    for (const batch of batches(keys)) {
      await inTime(server.delete(batch), 'no answer')
      left -= batch.length
    }
    return 0
  } catch {
    return left
  }
}

/** Keys in lists of at most BATCH. */
export function* batches(keys: Iterable<string>): Generator<string[]> {
  let batch: string[] = []
  for (const key of keys) {
    batch.push(key)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Waits for all of several commands; the errors of those that failed. */
export async function failures(sent: readonly Promise<unknown>[]): Promise<Error[]> {
  const errors: Error[] = []
  for (const outcome of await Promise.allSettled(sent))
    if (outcome.status === 'rejected') errors.push(outcome.reason)
  return errors
}

export function ignore(): void {}

/** A promise that rejects when it takes too long. */
export function inTime<T>(promise: Promise<T>, what: string, patience = PATIENCE): Promise<T> {
  let timer: NodeJS.Timeout
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(what)), patience)
    timer.unref()
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** The client package of a protocol, which a person installs beside cachelab. Throws InputError where it isn't there. */
export async function loadPackage<T>(name: string, purpose: string): Promise<T> {
  try {
    return (await import(name)) as T
  } catch {
    throw new InputError(`${purpose} needs the package ${name}, which is not installed: npm install ${name}`)
  }
}
