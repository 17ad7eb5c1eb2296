import type { Client } from './client.js'
import type { Answer, Command } from './command.js'
import { endTransaction } from './commands/transactions.js'
import { noReplicas, QUEUED, quotedText, RedisError, WAITS, wrongArity } from './reply.js'
import { findCommand, isContainer } from './table.js'

/** Commands that a transaction doesn't queue. */
const AT_ONCE = new Set(['exec', 'discard', 'multi', 'watch', 'quit', 'reset'])
/** Commands that a transaction takes over maxmemory; EXEC only without commands that need memory. */
const OVER_MEMORY = new Set(['exec', 'discard', 'quit', 'reset'])
/** Commands that a subscribed client may send in RESP2. */
const WHILE_LISTENING = new Set([
  ...['subscribe', 'unsubscribe', 'psubscribe', 'punsubscribe', 'ssubscribe', 'sunsubscribe'],
  ...['ping', 'quit', 'reset'],
])

/** Runs the command that words call, queues it, or says why not. The order of the checks is that of processCommand(). */
export function processCommand(client: Client, argv: readonly string[]): Answer {
  const { server } = client
  const command = findCommand(argv)
  client.lastCommand = command
  if (command === undefined) return rejected(client, command, argv, unknown(argv))
  const refusal = refusalOf(client, command, argv)
  if (refusal !== undefined) return rejected(client, command, argv, refusal)
  if (server.pause?.holds(client, command, argv)) {
    server.pause.hold(client, argv)
    return WAITS
  }
  if (client.queue !== undefined && !AT_ONCE.has(command.name)) {
    if (!client.isDirty && !client.isSpoiled) client.queue.push(argv)
    return QUEUED
  }
  return server.call(client, command, argv)
}

/** Why a command must not run now. */
function refusalOf(client: Client, command: Command, argv: readonly string[]): RedisError | undefined {
  const { server } = client
  const { arity, name } = command
  if (arity > 0 ? argv.length !== arity : argv.length < -arity) return wrongArity(name)
  if (client.isLocked && !command.flags.includes('no_auth'))
    return new RedisError('NOAUTH Authentication required.')
  if (client.queue !== undefined && command.flags.includes('no_multi'))
    return new RedisError('ERR Command not allowed inside a transaction')
  if (server.gate !== undefined) {
    const refusal = gated(client, command, argv)
    if (refusal) return refusal
  }
  const isOver = server.settings.maxmemory > 0 && !server.keyspace.makeRoom()
  if ((isOver || server.isHeapFull) && needsMemory(client, command))
    return new RedisError("OOM command not allowed when used memory > 'maxmemory'.")
  if (server.settings.needsReplicas && writes(client, command)) return noReplicas()
  if (client.isSubscribed && client.protocol === 2 && !WHILE_LISTENING.has(name))
    return new RedisError(
      `ERR Can't execute '${name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`,
    )
  if (server.isBusy && !command.flags.includes('allow_busy'))
    return new RedisError(
      'BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.',
    )
  return undefined
}

/** A refusal of the cluster's, which ends a transaction without EXECABORT. */
class Redirection extends RedisError {}

function gated(client: Client, command: Command, argv: readonly string[]): Redirection | undefined {
  try {
    client.server.gate!(client, command, argv)
    return undefined
  } catch (error) {
    if (!(error instanceof RedisError)) throw error
    return new Redirection(error.text)
  }
}

/** Whether a command writes though the configuration asks for replicas: this server has none. */
function writes({ queue, server }: Client, command: Command): boolean {
  return (
    command.isWrite ||
    (command.name === 'exec' && queue?.some((words) => server.find(words)!.isWrite) === true)
  )
}

function needsMemory(client: Client, command: Command): boolean {
  const { queue, server } = client
  if (command.isDeniedOverMemory) return true
  if (queue === undefined) return false
  if (command.name === 'exec') return queue.some((words) => server.find(words)!.isDeniedOverMemory)
  return !OVER_MEMORY.has(command.name)
}

/** The reply to a command that must not run: a transaction is spoiled by it, and EXEC ends it. */
function rejected(
  client: Client,
  command: Command | undefined,
  argv: readonly string[],
  refusal: RedisError,
): RedisError {
  const { stats, monitors } = client.server
  if (command) stats.of(command).rejected++
  let error = refusal
  if (command?.name === 'exec') {
    endTransaction(client)
    if (!(refusal instanceof Redirection)) {
      error = new RedisError(
        `EXECABORT Transaction discarded because of: ${refusal.text.replace(/^ERR /, '')}`,
      )
      if (monitors.any) monitors.show(client, command, argv)
    }
  } else if (client.queue) client.isSpoiled = true
  stats.countError(error)
  return error
}

const MAX_SHOWN = 128

function unknown(argv: readonly string[]): RedisError {
  const [name, subcommand] = argv
  if (isContainer(name)) {
    if (argv.length < 2) return wrongArity(name.toLowerCase())
    return new RedisError(
      `ERR unknown subcommand '${quotedText(subcommand)}'. Try ${name.toUpperCase()} HELP.`,
    )
  }
  let args = ''
  for (let i = 1; i < argv.length && args.length < MAX_SHOWN; i++) {
    args += `'${quotedText(argv[i], MAX_SHOWN - args.length)}' `
  }
  return new RedisError(`ERR unknown command '${quotedText(name)}', with args beginning with: ${args}`)
}
