import { createRandom, type Random } from '../random/random.js'
import { Blocking } from './blocking.js'
import { Client } from './client.js'
import type { Answer, Command } from './command.js'
import { endTransaction } from './commands/transactions.js'
import { Database, type Entry } from './database.js'
import { Eviction } from './memory.js'
import { PubSub } from './pubsub.js'
import { QUEUED, RedisError, type Reply, type Several, wrongArity } from './reply.js'
import { Settings } from './settings.js'
import { commands, findCommand, isContainer } from './table.js'
import { type TimeSource, VirtualTime } from './time-source.js'
import { Watches } from './watches.js'

export interface ServerOptions {
  readonly clock?: TimeSource
  readonly databases?: number
  readonly seed?: number
}

const NEVER = Number.POSITIVE_INFINITY
/** Commands that a transaction doesn't queue. */
const AT_ONCE = new Set(['exec', 'discard', 'multi', 'watch', 'quit', 'reset'])
/** Commands that a subscribed client may send in RESP2. */
const WHILE_LISTENING = new Set([
  ...['subscribe', 'unsubscribe', 'psubscribe', 'punsubscribe', 'ping', 'quit', 'reset'],
])

/**
 * The store behind all clients, as one Redis: databases, and what happens between clients. Commands run one after the
 * other, so each is atomic.
 */
export class Server {
  readonly commands = commands
  readonly find = findCommand
  readonly settings: Settings
  readonly databases: readonly Database[]
  readonly random: Random
  readonly blocking = new Blocking()
  readonly pubsub = new PubSub()
  readonly watches = new Watches()
  readonly eviction: Eviction
  readonly clients = new Map<number, Client>()
  readonly clock: TimeSource
  /** The time at which the running command began; it doesn't advance during the command. */
  now: number
  readonly startedAt: number
  private seconds: number
  /** The earliest time at which a key of any database expires. */
  private nextExpiry = NEVER
  /** Bytes of all keys by our model. */
  usedMemory = 0
  readonly stats = { commands: 0, expired: 0 }
  private nextId = 1
  /** Throws the error reply for a command that this server must not run, in a cluster or as a replica. */
  gate: ((client: Client, command: Command, argv: readonly string[]) => void) | undefined
  /** Called for every key that was written or removed. */
  onChange: ((db: Database, key: string) => void) | undefined
  /** Is told of exceptions that are no error replies. */
  onFault: (error: unknown, what: string) => void = () => {}

  constructor({ clock = new VirtualTime(), databases = 16, seed = 1 }: ServerOptions = {}) {
    this.clock = clock
    this.now = this.startedAt = clock.now()
    this.seconds = Math.floor(this.now / 1000)
    this.settings = new Settings(databases)
    this.random = createRandom(seed, 'redis')
    this.databases = Array.from({ length: databases }, (_, index) => new Database(index, this, this.settings))
    this.eviction = new Eviction(this.databases, this.settings, this.random)
  }

  connect(deliver: (reply: Reply | Several) => void = () => {}): Client {
    const client = new Client(this.nextId++, this, deliver)
    this.clients.set(client.id, client)
    return client
  }

  disconnect(client: Client): void {
    this.clients.delete(client.id)
    this.forget(client)
  }

  /** Removes a client: its subscriptions, its watches, its waiting. */
  forget(client: Client): void {
    this.blocking.remove(client)
    this.watches.forget(client)
    this.pubsub.leaveAll(client)
  }

  /** Runs one command for a client that isn't waiting. O(the command). */
  execute(client: Client, argv: readonly string[]): Answer {
    if (this.clock.now() !== this.now) this.tick()
    let answer: Answer
    try {
      answer = this.process(client, argv)
    } catch (error) {
      answer = this.errorReply(error, argv[0])
    }
    if (this.blocking.hasReady) this.blocking.serve()
    return answer
  }

  /** The reply to what was thrown: Redis's error, or one that says that cachelab has a fault. */
  errorReply(error: unknown, what: string): RedisError {
    if (error instanceof RedisError) return error
    this.onFault(error, what)
    return new RedisError(`ERR a fault of cachelab, not of the command: ${(error as Error).message}`)
  }

  /** Expires keys, and answers blocked clients whose timeout has passed. */
  tick(): void {
    const now = this.clock.now()
    if (now !== this.now) this.seconds = Math.floor(now / 1000)
    this.now = now
    if (this.nextExpiry <= now) this.expire()
    if (this.blocking.nextDeadline <= now) this.blocking.giveUp(now)
  }

  private expire(): void {
    this.nextExpiry = NEVER
    for (const db of this.databases) {
      if (db.isLazy) continue
      db.removeExpired(this.now)
      this.expiring(db.nextExpiry)
    }
  }

  /** Whether expired keys are removed before somebody asks for them. */
  expireActively(isActive: boolean): void {
    for (const db of this.databases) db.isLazy = !isActive
    this.expire()
  }

  expired(db: Database, key: string): void {
    this.stats.expired++
    this.changed(db, key)
  }

  expiring(at: number): void {
    if (at < this.nextExpiry) this.nextExpiry = at
  }

  private process(client: Client, argv: readonly string[]): Answer {
    const command = this.commandFor(client, argv)
    if (this.gate) this.passGate(client, command, argv)
    if (client.protocol === 2 && client.subscriptions > 0 && !WHILE_LISTENING.has(command.name))
      throw new RedisError(
        `ERR Can't execute '${command.name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`,
      )
    if (client.queue && !AT_ONCE.has(command.name)) {
      client.queue.push(argv)
      return QUEUED
    }
    return this.call(client, command, argv)
  }

  /** The command that words call, if a client may call it now. */
  private commandFor(client: Client, argv: readonly string[]): Command {
    try {
      const command = commandIn(argv)
      if (this.settings.maxmemory > 0) this.makeRoomFor(command)
      return command
    } catch (error) {
      if (client.queue) client.isSpoiled = true
      if (!(error instanceof RedisError) || argv[0].toUpperCase() !== 'EXEC') throw error
      endTransaction(client)
      throw new RedisError(`EXECABORT Transaction discarded because of: ${error.text.replace(/^ERR /, '')}`)
    }
  }

  private passGate(client: Client, command: Command, argv: readonly string[]): void {
    try {
      this.gate?.(client, command, argv)
    } catch (error) {
      if (command.name === 'exec') endTransaction(client)
      else if (client.queue) client.isSpoiled = true
      throw error
    }
  }

  private call(client: Client, command: Command, argv: readonly string[]): Answer {
    this.stats.commands++
    // An earlier command of the same millisecond may have set a time that has passed.
    if (this.nextExpiry <= this.now) this.expire()
    return command.run(client, argv)
  }

  /** EXEC: runs what was queued, one after the other. */
  executeAll(client: Client, queue: readonly (readonly string[])[]): Reply[] {
    return queue.map((argv) => {
      try {
        return this.call(client, commandIn(argv), argv) as Reply
      } catch (error) {
        return this.errorReply(error, argv[0])
      }
    })
  }

  private makeRoomFor(command: Command): void {
    const { maxmemory } = this.settings
    while (this.usedMemory > maxmemory && this.eviction.evictOne(this.now)) {}
    if (this.usedMemory > maxmemory && command.flags.includes('denyoom'))
      throw new RedisError("OOM command not allowed when used memory > 'maxmemory'.")
  }

  changed(db: Database, key: string): void {
    if (this.watches.any) this.watches.touched(db, key)
    this.onChange?.(db, key)
  }

  created(entry: Entry): void {
    entry.usedAt = this.seconds
    entry.countedAt = Math.floor(this.seconds / 60)
  }

  used(entry: Entry): void {
    entry.usedAt = this.seconds
    if (this.settings.isCounting) this.eviction.count(entry, this.now)
  }

  appeared(db: Database, key: string): void {
    if (this.blocking.any) this.blocking.ready(db, key)
  }

  resized(bytes: number): void {
    this.usedMemory += bytes
  }
}

const MAX_SHOWN = 128

/** The command that words call; throws what is wrong with them. */
function commandIn(argv: readonly string[]): Command {
  const command = findCommand(argv)
  if (!command) throw unknown(argv)
  const { arity, name } = command
  if (arity > 0 ? argv.length !== arity : argv.length < -arity) throw wrongArity(name)
  return command
}

function unknown(argv: readonly string[]): RedisError {
  const [name, subcommand] = argv
  if (isContainer(name)) {
    if (argv.length < 2) return wrongArity(name.toLowerCase())
    return new RedisError(
      `ERR unknown subcommand '${subcommand.slice(0, MAX_SHOWN)}'. Try ${name.toUpperCase()} HELP.`,
    )
  }
  let args = ''
  for (let i = 1; i < argv.length && args.length < MAX_SHOWN; i++) {
    args += `'${argv[i].slice(0, MAX_SHOWN - args.length)}' `
  }
  return new RedisError(
    `ERR unknown command '${name.slice(0, MAX_SHOWN)}', with args beginning with: ${args}`,
  )
}
