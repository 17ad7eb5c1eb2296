import { shown } from '../../src/grading/cases.js'
import type { Service, Solution } from '../../src/grading/exercise.js'
import { type Answer, commandsIn, RedisWorld, written } from '../../src/grading/redis-world.js'

/** Far more than a right solution sends in one call, or sleeps. */
const MAX_COMMANDS = 2000

/** What a call came to. */
export type Came = { readonly value: unknown } | { readonly error: string }

/** What happens to a call on its way. */
export interface Fate {
  /** Other things happen before the command with this number, from 0. */
  readonly before?: number
  readonly meanwhile?: () => void
  /** The client dies before the command with this number. */
  readonly dies?: number
}

/** A call as it was made: what it came to, and the commands that it sent. */
export interface Call {
  readonly came: Came
  readonly commands: readonly (readonly string[])[]
  /** Time that it slept. */
  readonly slept: number
}

/** Redis in virtual time, the clients that call a solution's functions, and the story of what they did. */
export class World {
  private readonly store = new RedisWorld()
  private readonly due: { readonly at: number; readonly run: () => void }[] = []
  private now = 0
  private told: string[] = []

  constructor(private readonly solution: Solution) {}

  get story(): string {
    return this.told.join('; ')
  }

  tell(what: string): void {
    this.told.push(what)
  }

  /** What is told while something runs, apart from the story. */
  toldBy(run: () => void): string {
    const { told } = this
    this.told = []
    run()
    const apart = this.story
    this.told = told
    return apart
  }

  /** Lets time pass, and what is due in it happen. */
  pass(ms: number): void {
    const until = this.now + ms
    for (;;) {
      const next = this.due.findIndex(({ at }) => at <= until)
      if (next < 0) break
      const [{ at, run }] = this.due.splice(next, 1)
      this.goTo(at)
      run()
    }
    this.goTo(until)
  }

  private goTo(time: number): void {
    if (time <= this.now) return
    this.store.pass(time - this.now)
    this.now = time
  }

  after(ms: number, run: () => void): void {
    this.due.push({ at: this.now + ms, run })
    this.due.sort((a, b) => a.at - b.at)
  }

  /** Sends commands that a call sent in another world. */
  replay(commands: Call['commands']): void {
    const ask = this.store.connect()
    for (const words of commands) {
      try {
        this.answer(ask, words)
      } catch {} // As that call did, whose answers were the same.
    }
  }

  /** A client's call of one of the solution's functions. */
  async call(name: string, parameters: readonly unknown[], fate: Fate = {}): Promise<Call> {
    const ask = this.store.connect()
    const commands: string[][] = []
    const begun = this.now
    let sleeps = 0
    const service: Service = {
      call: (...given) => {
        const words = wordsOf(given)
        if (commands.length === fate.before) fate.meanwhile?.()
        if (commands.length === fate.dies) throw new Error('the connection is lost')
        if (commands.length >= MAX_COMMANDS) throw new Error(`more than ${MAX_COMMANDS} commands in one call`)
        commands.push(words)
        return this.answer(ask, words)
      },
      sleep: (ms) => {
        if (typeof ms !== 'number' || !(ms >= 0))
          throw new Error(`sleep takes milliseconds, not ${shown(ms)}`)
        if (++sleeps > MAX_COMMANDS) throw new Error(`more than ${MAX_COMMANDS} sleeps in one call`)
        this.pass(Math.min(ms, 3_600_000))
      },
    }
    const [came] = await this.solution.call(name, [parameters], service)
    return { came, commands, slept: this.now - begun }
  }

  private answer(ask: (words: readonly string[]) => Answer, words: readonly string[]): unknown {
    if (words[0].toUpperCase() !== 'DELIFEQ') return bare(ask(words))
    const [, key, value] = words
    if (words.length !== 3) throw new Error('DELIFEQ takes a key and a value')
    // QUEUED is an object, which no value equals.
    if (ask(['GET', key]) !== value) return 0
    return ask(['DEL', key])
  }
}

/** A reply as clients give it: a status is its text. */
function bare(reply: Answer): unknown {
  if (Array.isArray(reply)) return (reply as readonly Answer[]).map(bare)
  return typeof reply === 'object' && reply !== null && 'status' in reply ? reply.status : reply
}

/** The words of a command, or an error for a client. */
function wordsOf(given: readonly unknown[]): string[] {
  const [first] = given
  const isOwn = typeof first === 'string' && first.toUpperCase() === 'DELIFEQ'
  const checked = commandsIn([isOwn ? ['DEL', ...given.slice(1)] : given])
  if (typeof checked === 'string') throw new Error(checked.replace('you returned', 'you called'))
  return isOwn ? ['DELIFEQ', ...checked[0].slice(1)] : checked[0]
}

export const commandWords = (words: readonly string[]) => written([words])
