import { InputError } from '../../input-error.js'
import type { Reply } from '../../redis/reply.js'
import type { Line } from '../../redis/script.js'
import type { Task } from '../../simulation/task.js'
import type { Argv } from '../messages/protocol.js'
import {
  type ClusterClient,
  type ClusterConnections,
  type Hop,
  keyOf,
  NoAnswer,
  type Sent,
} from './client.js'
import { slotOf } from './routing.js'

/** A cluster that a script talks to, simulated or real. */
export interface ScriptTarget {
  readonly client: ClusterClient
  readonly connections: ClusterConnections
  /** Runs a task to its end. */
  finish<T>(task: Task<T>): Promise<T>
  /** The address of a node by its name; undefined if there is none. */
  addressOf(name: string): string | undefined
  /** The name of the node with an address. */
  nameOf(address: string): string
  /** Throws InputError at a command that must not be sent. */
  check?(words: Argv): void
  /** Runs a directive such as `kill node-A`; the message to show. Throws InputError. */
  direct(words: readonly string[]): Promise<string>
}

/** The result of a line. */
export interface ScriptOutcome {
  readonly line: string
  readonly replies: readonly (Reply | NoAnswer)[]
  readonly hops: readonly Hop[]
  readonly note?: string
}

/**
 * Runs the lines of a script through a cluster client. `node-A> GET x` asks that node and follows no redirection. The
 * commands between MULTI and EXEC are sent together, and so are those between `!pipeline` and `!end`, in one message
 * per node. Other lines with an exclamation mark change the cluster.
 */
export class ClusterScript {
  private queue: Argv[] | undefined
  private pipeline: Argv[] | undefined
  private readonly hops: Hop[] = []

  constructor(private readonly target: ScriptTarget) {
    target.client.watch = (hop) => this.hops.push(hop)
  }

  async run(line: Line): Promise<ScriptOutcome> {
    const { text, words } = line
    if (text.startsWith('!')) return this.direct(line)
    const direct = /^(\S+)>$/.exec(words[0])
    const command = direct ? words.slice(1) : words
    if (command.length > 0) this.check(command, line.number)
    if (direct) return this.ask(text, direct[1], words.slice(1), line.number)
    if (this.pipeline) return this.keep(this.pipeline, text, words, 'queued until !end')
    const name = words[0].toUpperCase()
    if (this.queue && name === 'DISCARD') {
      this.queue = undefined
      return { line: text, replies: [], hops: [], note: 'discarded by the client' }
    }
    if (this.queue && name === 'EXEC') {
      const queue = this.queue
      this.queue = undefined
      return this.follow(text, () => this.target.client.transaction(queue))
    }
    if (this.queue) return this.keep(this.queue, text, words, 'queued until EXEC')
    if (name === 'MULTI') {
      this.queue = []
      return { line: text, replies: [], hops: [], note: 'queued until EXEC' }
    }
    return this.follow(text, () => this.target.client.run(words))
  }

  private check(words: Argv, number: number): void {
    try {
      this.target.check?.(words)
    } catch (error) {
      throw atLine(number, error)
    }
  }

  private keep(list: Argv[], line: string, words: Argv, note: string): ScriptOutcome {
    list.push(words)
    return { line, replies: [], hops: [], note }
  }

  private async follow(line: string, run: () => Task<Sent>): Promise<ScriptOutcome> {
    this.hops.length = 0
    const sent = await this.target.finish(run())
    return { line, replies: sent instanceof NoAnswer ? [sent] : sent, hops: [...this.hops] }
  }

  /** Asks one node and follows no redirection. */
  private async ask(line: string, node: string, words: Argv, number: number): Promise<ScriptOutcome> {
    const address = this.target.addressOf(node)
    if (address === undefined)
      throw new InputError(`line ${number}: there is no node ${JSON.stringify(node)}`)
    if (words.length === 0) throw new InputError(`line ${number}: nothing to ask ${node}`)
    const { connections } = this.target
    const asked = (function* (): Task<Sent> {
      return yield connections.ask(address, [words])
    })()
    const sent = await this.target.finish(asked)
    return { line, replies: sent instanceof NoAnswer ? [sent] : sent, hops: [] }
  }

  private async direct({ text, words, number }: Line): Promise<ScriptOutcome> {
    const [first, ...rest] = [words[0].slice(1), ...words.slice(1)]
    if (first === 'pipeline') {
      this.pipeline = []
      return { line: text, replies: [], hops: [], note: 'queued until !end' }
    }
    if (first === 'end') {
      const commands = this.pipeline
      if (!commands) throw new InputError(`line ${number}: !end without !pipeline`)
      this.pipeline = undefined
      this.hops.length = 0
      const replies = await this.target.finish(this.target.client.pipeline(commands))
      return { line: text, replies, hops: [...this.hops] }
    }
    try {
      const told = await this.target.direct([first, ...rest])
      return { line: text, replies: [], hops: [], note: told }
    } catch (error) {
      throw atLine(number, error)
    }
  }

  /** The number of commands that were queued and never sent. */
  get unsent(): number {
    return (this.queue?.length ?? 0) + (this.pipeline?.length ?? 0)
  }
}

/** An error of the input with the number of its line; other errors as they are. */
function atLine(number: number, error: unknown): unknown {
  return error instanceof InputError ? new InputError(`line ${number}: ${error.message}`) : error
}

/** The milliseconds of `!wait 3s`. Throws InputError if it is not a time, or longer than `most`. */
export function waitTime(text: string | undefined, most: number): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(text ?? '')
  if (!match)
    throw new InputError(`!wait needs a time such as 500ms or 3s, got ${JSON.stringify(text ?? '')}`)
  const time = Number(match[1]) * (match[2] === 's' ? 1000 : 1)
  if (time > most) throw new InputError(`!wait must be at most ${most / 1000}s`)
  return time
}

/** The route of a command: `slot 12893 → node-A MOVED → node-C`. */
export function routeText(hops: readonly Hop[], nameOf: (address: string) => string): string {
  const steps: string[] = []
  let slot: number | undefined
  const isPipeline = hops.filter(({ why }) => why === 'slot').length > 1
  for (const { address, commands, why, sent } of hops) {
    if (why === 'slots') {
      steps.push(
        sent instanceof NoAnswer ? `(asked ${nameOf(address)} for slots: ${sent.why})` : '(asked for slots)',
      )
      continue
    }
    const key = keyOf(commands)
    if (why === 'slot' && key !== undefined && commands.length === 1 && !isPipeline) slot ??= slotOf(key)
    const turn = why === 'MOVED' || why === 'ASK' || why === 'again' ? `${why} ` : ''
    steps.push(`${turn}→ ${nameOf(address)}${sent instanceof NoAnswer ? ` (${sent.why})` : ''}`)
  }
  return `${slot === undefined ? '' : `slot ${slot} `}${folded(steps)}`
}

/** Steps with repetitions of one or two of them folded: `again → node-C, 10 times`. */
function folded(steps: readonly string[]): string {
  const said: string[] = []
  for (let i = 0; i < steps.length; ) {
    const width = steps[i] === steps[i + 1] ? 1 : 2
    const period = steps.slice(i, i + width)
    let times = 1
    while (period.every((step, j) => step === steps[i + times * width + j])) times++
    said.push(times > 1 ? `${period.join(' ')}, ${times} times` : steps[i])
    i += times > 1 ? times * width : 1
  }
  return said.join(' ')
}
