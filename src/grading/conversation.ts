import { randomBytes } from 'node:crypto'
import { EnvironmentError } from '../input-error.js'
import { brief, shown } from './cases.js'
import { type CallResult, Failure, type Service, type Solution } from './exercise.js'
import type { EntryPoint } from './lab.js'
import { LOOSE, lastWords, type Message, messageIn } from './messages.js'
import { type End, type Limits, SolutionProcess } from './process.js'
import type { Ended } from './results.js'
import type { Sandbox } from './sandbox.js'
import { TimeBudget } from './time-budget.js'

interface Pending {
  readonly name: string
  readonly line: string
  readonly service: Service | undefined
  settle(outcome: CallResult): void
}

/** Several times the longest correct answer: reading longer lines keeps the grader busy. */
const LONGEST_LINE = 2 << 20
/** Characters of what a solution says has failed: more than an exception with its place has. */
const LONGEST_ERROR = 1800
const MAX_STARTS = 4
const AGAIN_AFTER_MS = 250

/** What begins an answer of a solution that threw an error. */
const THREW = 'your code failed with: '
/** What V8, its buffers, Python and C++ say where there is no more memory. */
const OUT_OF_MEMORY = /heap out of memory|buffer allocation failed|\bMemoryError\b|\bbad_alloc\b/i

/** An answer has one of these beside the identity of its call. */
const ANSWERS = ['value', 'error', 'missing']

const crashOf = (words: string): Ended => (OUT_OF_MEMORY.test(words) ? 'memory' : 'crash')

/**
 * Asks a solution: calls go out as lines of JSON, answers come back as lines, each with the identity of its call,
 * which can't be guessed. A solution that ends is started anew at the next call.
 */
export class Conversation implements Solution {
  private process: SolutionProcess | undefined
  private readonly pending = new Map<string, Pending>()
  private readonly answered = new Set<string>()
  /** Why the check can't go on. */
  private failure: Error | undefined
  private failedStarts = 0
  /** What ended its program while an answer was due. */
  private ended: Ended | undefined
  private printedBefore = ''
  private readonly budget: TimeBudget
  private fail: (failure: Error) => void = () => {}
  /** Rejects when the check can't go on. */
  private readonly failed: Promise<never>

  constructor(
    private readonly sandbox: Pick<Sandbox, 'start'>,
    private readonly entry: EntryPoint,
    private readonly limits: Limits,
    signal?: AbortSignal,
  ) {
    this.budget = new TimeBudget(limits.time)
    this.failed = new Promise((_, reject) => {
      this.fail = (failure) => {
        this.failure ??= failure
        reject(this.failure)
      }
    })
    this.failed.catch(() => {}) // Whoever calls next is told.
    signal?.addEventListener('abort', () => this.stop('cancelled', ''), { once: true })
  }

  async call(name: string, calls: readonly (readonly unknown[])[], service?: Service): Promise<CallResult[]> {
    if (!service) return await Promise.race([this.failed, Promise.all(this.send(name, calls))])
    const outcomes: CallResult[] = []
    for (const parameters of calls) {
      outcomes.push(await Promise.race([this.failed, ...this.send(name, [parameters], service)]))
    }
    return outcomes
  }

  async restart(): Promise<void> {
    const { process } = this
    this.process = undefined
    if (!process) return
    await process.end()
    this.printedBefore += process.printed
  }

  /** What the solution printed, its beginning. */
  get printed(): string {
    return this.printedBefore + (this.process?.printed ?? '')
  }

  /** What a failure comes from where it isn't a wrong answer. */
  endedBy({ message }: Error): Ended | undefined {
    return this.ended ?? (message.includes(THREW) ? crashOf(message) : undefined)
  }

  async close(): Promise<void> {
    await this.restart()
  }

  private send(
    name: string,
    calls: readonly (readonly unknown[])[],
    service?: Service,
  ): Promise<CallResult>[] {
    if (this.failure) throw this.failure
    const process = this.running()
    const lines: string[] = []
    const outcomes = calls.map((parameters) => {
      const id = randomBytes(12).toString('hex')
      const asks = service && { asks: Object.keys(service) }
      const line = `${JSON.stringify({ id, function: name, arguments: parameters, ...asks })}\n`
      lines.push(line)
      return new Promise<CallResult>((settle) => this.pending.set(id, { name, line, service, settle }))
    })
    process.write(lines.join(''))
    return outcomes
  }

  private running(): SolutionProcess {
    if (this.process) return this.process
    const process = new SolutionProcess(
      this.sandbox.start(this.entry),
      this.limits,
      this.budget,
      () => this.pending.size > 0,
      (line) => {
        try {
          this.hear(line, process)
        } catch {
          this.unreadable(line)
        }
      },
      (why, end) => {
        if (this.process !== process) return
        if (end === 'never began') return this.beginAgain(why)
        if (end !== 'own') this.stopAt(end, why)
        this.lose(why)
      },
    )
    this.process = process
    return process
  }

  /** The machine failed to start the sandbox: asks a new process the same, and gives up after a few starts. */
  private beginAgain(why: string): void {
    const last = this.process?.printed.trim().split('\n').at(-1) ?? ''
    this.process = undefined
    if (++this.failedStarts >= MAX_STARTS) {
      this.fail(new EnvironmentError(`solutions can't be started here: the sandbox ${why} (${last})`))
      return
    }
    setTimeout(() => {
      const lines = [...this.pending.values()].map(({ line }) => line)
      this.running().write(lines.join(''))
    }, AGAIN_AFTER_MS)
  }

  private stopAt(limit: Exclude<End, 'own' | 'never began'>, why: string): void {
    this.ended = limit
    const [asked] = this.pending.values()
    const silence = `no answer ${asked ? `to ${asked.name} ` : ''}${why}`
    if (limit === 'time')
      this.stop(
        silence,
        'Look for a loop that never ends, a promise that never settles, or work that grows too fast.',
      )
    else this.stop(`your program ${why}`, 'Look for a loop that never ends, or work that grows too fast.')
  }

  private hear(line: string, process: SolutionProcess): void {
    if (line.length > LONGEST_LINE) {
      const problem = `your program wrote a line of more than ${LONGEST_LINE >> 20} MB`
      this.stop(problem, 'An answer is one line, and none is that long.')
      return
    }
    const message = messageIn(line)
    const isAnswer = message !== undefined && ANSWERS.some((name) => name in message)
    if (message && 'ask' in message) this.serve(message, process).catch(() => this.unreadable(line))
    else if (isAnswer && 'id' in message) this.settle(message, process)
    // A line with a call's identity was meant as its answer.
    else if ([...this.pending.keys()].some((id) => line.includes(id))) {
      this.unreadable(line)
    } else process.keep(`${line}\n`)
  }

  private unreadable(line: string): void {
    // Identities differ from run to run, which reports must not.
    const shown = line.slice(0, 120).replaceAll(/[0-9a-f]{24}/g, '…')
    this.stop(
      `your program gave an answer that can't be read: ${shown}`,
      'Answer with one JSON object a line: the "id" of the call, and its "value" or "error".',
    )
  }

  private settle(message: Message, process: SolutionProcess): void {
    const id = String(message.id)
    const pending = this.pending.get(id)
    if (pending) {
      this.pending.delete(id)
      this.answered.add(id)
      process.exchanged()
      pending.settle(this.outcomeOf(message, pending.name))
    } else {
      const what = this.answered.has(id) ? 'the same question twice' : 'a question that was not asked'
      this.stop(`your program answered ${what}`, 'Answer each line once, with the "id" that it came with.')
    }
  }

  private outcomeOf(message: Message, name: string): CallResult {
    if ('value' in message) {
      return message[LOOSE]
        ? { error: `you returned ${shown(message.value)}; NaN and Infinity are no answers` }
        : { value: message.value }
    }
    if ('error' in message) return { error: `${THREW}${brief(String(message.error), LONGEST_ERROR)}` }
    const names = Array.isArray(message.missing) ? message.missing.map(String) : []
    this.stop(
      `${this.entry.file} has no function ${name}; ${names.length > 0 ? `it has ${brief(names.join(', '))}` : 'it exports nothing'}`,
      `Export a function ${name} from ${this.entry.file}.`,
    )
    return { error: `no function ${name}` }
  }

  /** Answers what the solution asks for in the middle of a call. */
  private async serve(message: Message, process: SolutionProcess): Promise<void> {
    const { ask } = message
    const [call] = this.pending.values()
    const serve =
      call?.service &&
      Object.hasOwn(call.service, String(message.function)) &&
      call.service[String(message.function)]
    const reply = (answer: object) => process.write(`${JSON.stringify({ answer: ask, ...answer })}\n`)
    if (!serve || !Array.isArray(message.arguments))
      return reply({ error: `there is no function ${String(message.function)} to ask for` })
    try {
      reply({ value: (await serve(...message.arguments)) ?? null })
    } catch (error) {
      reply({ error: (error as Error).message })
    }
  }

  /** The process is gone, and its open calls fail. */
  private lose(why: string): void {
    const printed = this.process?.printed ?? ''
    if (this.pending.size > 0) this.ended ??= crashOf(printed)
    const last = lastWords(printed, this.entry.file)
    this.printedBefore += printed
    this.process = undefined
    const unanswered = [...this.pending.values()]
    this.pending.clear()
    const words = last === '' ? '' : `; ${last}`
    for (const { settle } of unanswered)
      settle({ error: `your program ${why}, without an answer${words}`, crashed: true })
  }

  private stop(message: string, next: string): void {
    this.fail(new Failure(message, next))
    void this.process?.end()
  }
}
