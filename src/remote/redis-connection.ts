import { InputError } from '../input-error.js'
import { type Address, credentials } from './address.js'
import { inTime, loadPackage, PATIENCE } from './server.js'

/** A connection of Redis's own client. */
export interface RedisConnection {
  on(event: 'error', listener: (error: Error) => void): unknown
  connect(): Promise<unknown>
  sendCommand(words: readonly (string | Buffer)[], options?: object): Promise<unknown>
  destroy(): void
}

export interface RedisModule {
  createClient(options: object): RedisConnection
  readonly RESP_TYPES: Readonly<Record<string, number>>
}

/** How a connection is used. */
interface Use {
  /** What needs the module, where it isn't installed. */
  readonly purpose?: string
  /** Whether bulk strings come as bytes, so that they can be told from simple ones. */
  readonly isBytes?: boolean
}

/** Connects with a Redis server, and gives the module too. Throws InputError where that fails. */
export async function openRedis(
  address: Address,
  env: NodeJS.ProcessEnv,
  { purpose = '--connect with redis://', isBytes = false }: Use = {},
): Promise<{ readonly connection: RedisConnection; readonly module: RedisModule }> {
  const module = await loadPackage<RedisModule>('redis', purpose)
  const connection = module.createClient({
    url: address.text,
    RESP: 2,
    ...credentials(env),
    socket: { connectTimeout: PATIENCE, reconnectStrategy: false },
    disableClientInfo: true,
    // A timer of its own for each command costs five times what sending it does. Callers have their own patience.
    // Types of replies are told here and not with each command, which then would outlive it in the older heap.
    commandOptions: {
      timeout: 0,
      ...(isBytes ? { typeMapping: { [module.RESP_TYPES.BLOB_STRING]: Buffer } } : {}),
    },
  })
  connection.on('error', () => {})
  try {
    await inTime(connection.connect(), 'no answer')
    const reply = await inTime(connection.sendCommand(['PING']), 'no answer to PING')
    if (String(reply) !== 'PONG') throw new Error(`it answers PING with ${JSON.stringify(String(reply))}`)
  } catch (error) {
    destroy(connection)
    throw refusal(address, error as NodeJS.ErrnoException)
  }
  return { connection, module }
}

/** Whether an error is a server's reply, and not that of a connection that was lost. */
export const isErrorReply = (error: Error): boolean =>
  /^(Simple|Blob)?Error(Reply)?$/.test(error.constructor.name)

/** Ends a connection in any state. */
export function destroy(connection: RedisConnection): void {
  try {
    connection.destroy()
  } catch {} // It is closed.
}

function refusal({ text }: Address, error: NodeJS.ErrnoException): InputError {
  if (/NOAUTH/.test(error.message))
    return new InputError(`${text} asks for a password: set CACHELAB_PASSWORD (and CACHELAB_USERNAME)`)
  if (/WRONGPASS|invalid password|without any password/.test(error.message))
    return new InputError(`${text} refuses the password in CACHELAB_PASSWORD: ${error.message}`)
  const why = error.code ?? error.message
  return new InputError(`no Redis answers at ${text} (${why}); is it the right port and protocol?`)
}
