import { InputError } from '../input-error.js'
import { type Plain, plainText } from '../redis/present.js'
import type { Peer } from '../redis-guide/compare/compare.js'
import type { Address } from './address.js'
import { destroy, isErrorReply, openRedis, type RedisConnection } from './redis-connection.js'

interface PeerOptions {
  /** Which database to use. */
  readonly database: number
  /** Whether it may be emptied. */
  readonly flush: boolean
}

const BATCH = 500

/** One database of a real server, which answers what the store is asked too. */
export class RedisPeer implements Peer {
  private constructor(
    private readonly client: RedisConnection,
    private readonly types: object,
    readonly database: number,
  ) {}

  /** Connects, and empties the database if that is allowed; throws InputError where it isn't and something is there. */
  static async connect(
    address: Address,
    env: NodeJS.ProcessEnv,
    { database, flush }: PeerOptions,
  ): Promise<RedisPeer> {
    const { connection, module } = await openRedis(address, env, { purpose: 'comparing' })
    const { RESP_TYPES } = module
    const typeMapping = { [RESP_TYPES.BLOB_STRING]: Buffer, [RESP_TYPES.NUMBER]: String }
    const peer = new RedisPeer(connection, { typeMapping }, database)
    try {
      await peer.choose(flush)
    } catch (error) {
      peer.close()
      throw error
    }
    return peer
  }

  private async choose(flush: boolean): Promise<void> {
    const { database } = this
    const chosen = await this.send(['SELECT', String(database)])
    if (isError(chosen)) throw new InputError(`the server refuses database ${database}: ${chosen.error}`)
    const size = await this.send(['DBSIZE'])
    if (typeof size !== 'number')
      throw new InputError(`the server refuses DBSIZE: ${isError(size) ? size.error : JSON.stringify(size)}`)
    if (size > 0 && !flush)
      throw new InputError(
        `database ${database} of the server holds ${size} ${size === 1 ? 'key' : 'keys'}; choose an empty one with --database, or add --flush to empty it`,
      )
  }

  async answer(commands: readonly (readonly string[])[]): Promise<readonly Plain[]> {
    await this.send(['DISCARD'])
    await this.send(['UNWATCH'])
    await this.send(['FLUSHDB'])
    const replies: Plain[] = []
    for (let at = 0; at < commands.length; at += BATCH) {
      replies.push(...(await Promise.all(commands.slice(at, at + BATCH).map((words) => this.send(words)))))
    }
    return replies
  }

  close(): void {
    destroy(this.client)
  }

  private async send(words: readonly string[]): Promise<Plain> {
    const bytes = words.map((word) => Buffer.from(word, 'latin1'))
    const reply = await this.client.sendCommand(bytes, this.types).catch((error: Error) => error)
    if (reply instanceof Error && !isErrorReply(reply))
      throw new InputError(`the server has gone away: ${reply.message}`)
    return plainReply(reply)
  }
}

function plainReply(reply: unknown): Plain {
  if (reply instanceof Error) return { error: reply.message }
  if (Buffer.isBuffer(reply)) return plainText(reply.toString('latin1'))
  if (typeof reply === 'string') {
    if (!/^-?\d+$/.test(reply)) return { status: reply }
    return Number.isSafeInteger(Number(reply)) ? Number(reply) : BigInt(reply)
  }
  return Array.isArray(reply) ? reply.map(plainReply) : null
}

const isError = (reply: Plain): reply is { error: string } =>
  reply !== null && typeof reply === 'object' && 'error' in reply
