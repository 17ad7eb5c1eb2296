import type { Client } from './client.js'
import type { Command } from './command.js'
import { changes } from './pause.js'
import { noReplicas, RedisError, type Reply, type Several, WAITS } from './reply.js'
import { type Caller, errorText } from './scripting/redis-library.js'
import type { ScriptFlags } from './scripting/shebang.js'
import { findCommand, isContainer } from './table.js'

/** A script in the cache. */
export interface Script {
  readonly sha: string
  readonly source: string
  readonly flags: ScriptFlags
  /** Its number in the engine. */
  readonly compiled: number
}

/** One run of a script: what its commands may do, and what they have done. */
export class ScriptRun implements Caller {
  protocol: 2 | 3 = 2
  hasWritten = false
  instructions = 0
  readonly startedAt: number

  constructor(
    private readonly client: Client,
    readonly caller: Client,
    readonly script: Script,
    readonly isReadOnly: boolean,
    private readonly refusesMemory: boolean,
  ) {
    this.startedAt = caller.server.turns?.now() ?? 0
  }

  knows(argv: readonly string[]): boolean {
    return findCommand(argv) !== undefined || isContainer(argv[0])
  }

  log(level: number, text: string): void {
    this.client.server.onLog(level, text)
  }

  call(argv: readonly string[]): Reply | Several {
    const { client } = this
    const { server } = client
    const command = findCommand(argv)
    const refusal = this.refusal(command, argv)
    if (refusal !== undefined) {
      const error = new RedisError(errorText(refusal))
      if (command) server.stats.of(command).rejected++
      server.stats.countError(error)
      return error
    }
    client.protocol = this.protocol
    client.lastCommand = command
    const answer = server.call(client, command!, argv)
    if (answer !== WAITS) return answer
    server.blocking.remove(client)
    return null
  }

  /** Why a command must not run in this script. The order is that of scriptCall(). */
  private refusal(command: Command | undefined, argv: readonly string[]): string | undefined {
    if (!command) {
      const lacksWord = isContainer(argv[0]) && argv.length < 2
      return lacksWord
        ? 'Wrong number of args calling Redis command from script'
        : 'Unknown Redis command called from script'
    }
    const { arity, flags, isWrite } = command
    if (arity > 0 ? arity !== argv.length : argv.length < -arity)
      return 'Wrong number of args calling Redis command from script'
    if (flags.includes('noscript')) return 'This Redis command is not allowed from script'
    if (this.isReadOnly && changes(command)) return 'Write commands are not allowed from read-only scripts.'
    if (isWrite && !this.hasWritten && this.client.server.settings.needsReplicas)
      return `-${noReplicas().text}`
    if (this.refusesMemory && !this.hasWritten && command.isDeniedOverMemory)
      return "-OOM command not allowed when used memory > 'maxmemory'."
    const refusal = this.gated(command, argv)
    if (refusal === undefined && isWrite) this.hasWritten = true
    return refusal
  }

  /** What a replica or a node of a cluster refuses. */
  private gated(command: Command, argv: readonly string[]): string | undefined {
    const { server } = this.client
    if (server.gate === undefined) return undefined
    try {
      server.gate(this.client, command, argv)
      return undefined
    } catch (error) {
      if (!(error instanceof RedisError)) throw error
      if (/^(MOVED|ASK|CROSSSLOT|TRYAGAIN) /.test(error.text))
        return 'Script attempted to access a non local key in a cluster node'
      if (error.text.startsWith('CLUSTERDOWN '))
        return 'Script attempted to execute a command while the cluster is down'
      return `-${error.text}`
    }
  }
}
