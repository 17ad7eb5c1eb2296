/**
 * What Redis answers. Texts are bytes: each character stands for one, U+0000 to U+00FF, so that values are binary
 * safe and still plain strings. Long values that are kept as bytes are replies as they are.
 */
export type Reply =
  | string
  | Uint8Array
  | number
  | bigint
  | null
  | typeof NO_ARRAY
  | Status
  | RedisError
  | Double
  | Typed
  | Verbatim
  | BigNumber
  | Truth
  | readonly Reply[]

/** The null array of RESP2. */
export const NO_ARRAY = Symbol('no array')

/** The answer of a command that blocks its client; the reply comes later. */
export const WAITS = Symbol('waits')

/** A simple string, such as OK. */
export class Status {
  constructor(readonly text: string) {}
}

/** An error, with its code as the first word. Commands throw it. */
export class RedisError {
  constructor(readonly text: string) {}
}

/** A score: a number of its own in RESP3, a string in RESP2. Where its text isn't C's `%.17g` of it, it has one. */
export class Double {
  constructor(
    readonly value: number,
    readonly text?: string,
  ) {}
}

/** A text for people, as INFO's: a type of its own in RESP3, with the format's three letters; a string in RESP2. */
export class Verbatim {
  constructor(
    readonly text: string,
    readonly format = 'txt',
  ) {}
}

/** An integer of any size: a type of its own in RESP3, a string in RESP2. */
export class BigNumber {
  constructor(readonly text: string) {}
}

/** True or false: a type of its own in RESP3, 1 or 0 in RESP2. */
export class Truth {
  constructor(readonly value: boolean) {}
}

/**
 * A map, a set or pairs of RESP3, as RESP2's flat array. A push is sent without a request; an attribute, a map too, comes
 * before the reply that it is about.
 */
export class Typed {
  constructor(
    readonly kind: 'map' | 'set' | 'pairs' | 'push' | 'attribute',
    readonly items: readonly Reply[],
  ) {}
}

/** Several answers to one command, such as SUBSCRIBE's to each channel. */
export class Several {
  constructor(readonly replies: readonly Reply[]) {}
}

/** No reply at all, such as CLIENT REPLY OFF's. */
export const NOTHING = new Several([])

export const OK = new Status('OK')
export const QUEUED = new Status('QUEUED')

export const syntaxError = () => new RedisError('ERR syntax error')
export const notInteger = () => new RedisError('ERR value is not an integer or out of range')
export const notFloat = () => new RedisError('ERR value is not a valid float')
export const wrongType = () =>
  new RedisError('WRONGTYPE Operation against a key holding the wrong kind of value')
export const noSuchKey = () => new RedisError('ERR no such key')
export const noReplicas = () => new RedisError('NOREPLICAS Not enough good replicas to write.')
export const wrongArity = (name: string) =>
  new RedisError(`ERR wrong number of arguments for '${name}' command`)

const MAX_QUOTED = 128

/** Text as Redis quotes it in a message: it ends at a zero byte, and where it is too long. */
export const quotedText = (text: string, most = MAX_QUOTED) => text.slice(0, most).split('\0', 1)[0]

/** A subcommand with words that it doesn't take. */
export const wrongForm = ([container, subcommand]: readonly string[]) =>
  new RedisError(
    `ERR unknown subcommand or wrong number of arguments for '${quotedText(subcommand)}'. Try ${container.toUpperCase()} HELP.`,
  )

/** UTF-8 text as bytes, and back. */
export const toBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
export const toText = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8')
/** The text of a long value. */
export const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
