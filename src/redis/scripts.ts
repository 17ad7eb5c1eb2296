import { Client } from './client.js'
import type { Answer, Command } from './command.js'
import { REDIS_VERSION } from './commands/connection.js'
import { virtualPeer } from './peer.js'
import { noReplicas, RedisError, type Reply, WAITS } from './reply.js'
import { type Script, ScriptRun } from './script-run.js'
import { Engine } from './scripting/engine.js'
import type { Outcome } from './scripting/outcome.js'
import { sha1 } from './scripting/redis-library.js'
import { readShebang, type ScriptFlags } from './scripting/shebang.js'
import { HOOK_INSTRUCTIONS, type Verdict } from './scripting/threads.js'
import type { Server } from './server.js'
import { NEVER } from './time-source.js'

/** How many instructions of Lua stand for a millisecond where time is virtual. */
const INSTRUCTIONS_PER_MS = 20_000
/** Milliseconds after the limit at which a script ends that can't pause. */
const GRACE_MS = 10_000
/** Memory of Lua in bytes above which it isn't kept for the next script: it only grows. */
const MAX_KEPT = 256 << 20
/** Lets other clients have their turn while a script runs. */
export interface Turns {
  /** Milliseconds of real time. */
  now(): number
  /** Runs a task after what others wait for. */
  later(task: () => void): void
}

export const noScript = () => new RedisError('NOSCRIPT No matching script. Please use EVAL.')

const UNKILLABLE =
  'UNKILLABLE Sorry the script already executed write commands against the dataset. You can either wait the script termination or kill the server in a hard way using the SHUTDOWN NOSAVE command.'

/** The scripts of a server: the cache, and the one that runs. */
export class Scripts {
  private readonly cache = new Map<string, Script>()
  private readonly bySource = new Map<string, Script>()
  private engine: Engine | undefined
  private readonly client: Client
  private run: ScriptRun | undefined

  constructor(private readonly server: Server) {
    this.client = new Client(0, server, () => {}, virtualPeer(0))
    // Commands that would wait answer at once.
    this.client.inTransaction = true
  }

  get count(): number {
    return this.cache.size
  }

  find(sha: string): Script | undefined {
    return this.cache.get(sha.toLowerCase())
  }

  /** What the script of EVAL or EVALSHA says of itself; undefined also for one that can't run. */
  flagsOf([name, script]: readonly string[]): ScriptFlags {
    const isBySha = name.toLowerCase().startsWith('evalsha')
    const known = isBySha ? this.find(script) : this.bySource.get(script)
    if (known || isBySha) return known?.flags
    try {
      return readShebang(script).flags
    } catch {
      return undefined
    }
  }

  /** The script of a source, which is compiled when it is new. Throws what is wrong with it. */
  load(source: string): Script {
    const known = this.bySource.get(source)
    if (known) return known
    const { flags, length } = readShebang(source)
    this.engine ??= new Engine(
      () => this.run!,
      (canPause) => this.judge(canPause),
      REDIS_VERSION,
    )
    const sha = sha1(source)
    const script = { sha, source, flags, compiled: this.engine.compile(source.slice(length)) }
    this.cache.set(sha, script)
    this.bySource.set(source, script)
    return script
  }

  flush(): void {
    this.cache.clear()
    this.bySource.clear()
    this.engine = undefined
  }

  /** Runs a script for a client. The answer comes later if the script pauses. */
  start(
    caller: Client,
    script: Script,
    {
      command,
      argv,
      keyCount,
      isReadOnly,
    }: { command: Command; argv: readonly string[]; keyCount: number; isReadOnly: boolean },
  ): Answer {
    const { server, client } = this
    const { flags } = script
    const isOver = server.settings.maxmemory > 0 && server.keyspace.usedMemory > server.settings.maxmemory
    this.checkFlags(flags, isReadOnly, isOver)
    client.db = caller.db
    client.script = { caller, command, argv }
    const cannotWrite = isReadOnly || flags?.has('no-writes') === true
    const run = new ScriptRun(client, caller, script, cannotWrite, isOver && !flags?.has('allow-oom'))
    this.run = run
    const keys = argv.slice(3, 3 + keyCount)
    const args = argv.slice(3 + keyCount)
    return this.take(() => this.engine!.run(script.compiled, script.sha, keys, args, run))
  }

  /** What the flags of a script that has a first line with them forbid. */
  private checkFlags(flags: ScriptFlags, isReadOnly: boolean, isOver: boolean): void {
    if (!flags) return
    const canWrite = !flags.has('no-writes')
    if (canWrite && this.server.settings.needsReplicas) throw noReplicas()
    if (canWrite && isReadOnly)
      throw new RedisError('ERR Can not execute a script with write flag using *_ro command.')
    if (isOver && canWrite && !flags.has('allow-oom'))
      throw new RedisError(
        "OOM allow-oom flag is not set on the script, can not run it when used memory > 'maxmemory'",
      )
  }

  /** Runs Lua. What breaks it, such as a pattern that is nested too deeply for its stack, costs its state too. */
  private take(go: () => Outcome): Answer {
    let outcome: Outcome
    try {
      outcome = go()
    } catch (error) {
      this.end()
      this.restart()
      throw error instanceof RangeError || error instanceof WebAssembly.RuntimeError
        ? new RedisError('ERR Error running script: Lua ran out of its stack')
        : error
    }
    if (outcome === 'paused') return this.pause()
    this.end()
    if (this.engine!.lua.size > MAX_KEPT) this.restart()
    if (outcome.reply instanceof RedisError && !outcome.isCounted) throw outcome.reply
    return outcome.reply
  }

  private end(): void {
    this.run = undefined
    this.server.isBusy = false
  }

  /** A new engine with the scripts of the old one. */
  private restart(): void {
    const sources = [...this.bySource.keys()]
    this.flush()
    for (const source of sources) this.load(source)
  }

  private judge(canPause: boolean): Verdict {
    const { server } = this
    const run = this.run!
    const limit = server.settings.busyReplyThreshold
    if (limit <= 0) return 'go on'
    if (!server.turns) {
      run.instructions += HOOK_INSTRUCTIONS
      return run.instructions >= limit * INSTRUCTIONS_PER_MS ? 'end' : 'go on'
    }
    const elapsed = server.turns.now() - run.startedAt
    if (elapsed < limit) return 'go on'
    if (canPause && !run.caller.inTransaction) return 'pause'
    return elapsed >= limit + GRACE_MS ? 'end' : 'go on'
  }

  /** Answers other clients, and goes on after them. */
  private pause(): typeof WAITS {
    const { server } = this
    const { caller } = this.run!
    if (!server.isBusy) {
      server.isBusy = true
      const waiting = {
        ...{ db: caller.db, type: 'list' as const, keys: [], deadline: NEVER },
        ...{ attempt: () => undefined, late: undefined },
      }
      server.blocking.add(caller, waiting)
    }
    server.turns!.later(() => this.goOn())
    return WAITS
  }

  private goOn(): void {
    const { server, engine } = this
    const run = this.run!
    const { caller, script } = run
    let answer: Answer
    try {
      answer = this.take(() => engine!.resume(script.sha, run))
    } catch (error) {
      answer = server.errorReply(error, 'EVAL')
    }
    if (answer === WAITS) return
    if (answer instanceof RedisError) server.stats.countError(answer)
    server.blocking.release(caller, answer as Reply)
    if (server.blocking.hasReady) server.blocking.serve()
    server.settle()
  }

  /** SCRIPT KILL. */
  kill(): void {
    if (!this.run) throw new RedisError('NOTBUSY No scripts in execution right now.')
    if (this.run.hasWritten) throw new RedisError(UNKILLABLE)
    this.engine!.kill()
  }
}
