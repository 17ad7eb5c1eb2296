import { InputError } from '../../input-error.js'
import type { RedisConnection, RedisModule } from '../../remote/redis-connection.js'
import { loadPackage } from '../../remote/server.js'
import { type Plain, plainText } from '../present.js'
import type { Peer } from './compare.js'

export interface RemoteOptions {
  readonly url: string
  /** Which database to use. */
  readonly database: number
  /** Whether it may be emptied. */
  readonly flush: boolean
}

const CONNECT_MS = 5000
const BATCH = 500

/** A real server, reached with Redis's own client. */
export class Remote implements Peer {
  private constructor(
    private readonly client: RedisConnection,
    private readonly types: object,
    readonly database: number,
  ) {}

  /** Connects, and empties the database if that is allowed; throws where it isn't and something is there. */
  static async connect({ url, database, flush }: RemoteOptions): Promise<Remote> {
    const { createClient, RESP_TYPES } = await loadPackage<RedisModule>('redis', 'comparing')
    const typeMapping = { [RESP_TYPES.BLOB_STRING]: Buffer, [RESP_TYPES.NUMBER]: String }
    const socket = { connectTimeout: CONNECT_MS, reconnectStrategy: false }
    let client: RedisConnection
    try {
      client = createClient({ url, RESP: 2, database, socket, disableClientInfo: true })
      client.on('error', () => {})
      await client.connect()
    } catch (error) {
      throw unreachable(url, error as Error)
    }
    const remote = new Remote(client, { typeMapping }, database)
    try {
      await remote.checkEmpty(database, flush)
    } catch (error) {
      remote.close()
      throw /NOAUTH/.test((error as Error).message) ? unreachable(url, error as Error) : error
    }
    return remote
  }

  private async checkEmpty(database: number, flush: boolean): Promise<void> {
    const size = await this.send(['DBSIZE'])
    if (typeof size !== 'number') throw new InputError(`the server refuses DBSIZE: ${describe(size)}`)
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
    this.client.destroy()
  }

  private async send(words: readonly string[]): Promise<Plain> {
    const bytes = words.map((word) => Buffer.from(word, 'latin1'))
    const reply = await this.client.sendCommand(bytes, this.types).catch((error: Error) => error)
    if (isLost(reply)) throw new InputError(`the server has gone away: ${reply.message}`)
    return plainReply(reply)
  }
}

/** An error that isn't a reply. */
const isLost = (reply: unknown): reply is Error =>
  reply instanceof Error && !/^(Simple|Blob)?Error(Reply)?$/.test(reply.constructor.name)

function plainReply(reply: unknown): Plain {
  if (reply instanceof Error) return { error: reply.message }
  if (Buffer.isBuffer(reply)) return plainText(reply.toString('latin1'))
  if (typeof reply === 'string') {
    if (!/^-?\d+$/.test(reply)) return { status: reply }
    return Number.isSafeInteger(Number(reply)) ? Number(reply) : BigInt(reply)
  }
  return Array.isArray(reply) ? reply.map(plainReply) : null
}

const describe = (reply: Plain) =>
  reply !== null && typeof reply === 'object' && 'error' in reply ? reply.error : JSON.stringify(reply)

function unreachable(url: string, error: Error): InputError {
  const shown = url.replace(/\/\/[^@/]*@/, '//')
  if (/NOAUTH|WRONGPASS/.test(error.message))
    return new InputError(
      `${shown} asks for a password: --url redis://:password@host:port (${error.message})`,
    )
  const why = (error as NodeJS.ErrnoException).code ?? error.message
  return new InputError(
    `no Redis answers at ${shown} (${why}); one is started with: redis-server --port 6379 --save ''`,
  )
}
