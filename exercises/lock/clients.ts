import { shown } from '../../src/grading/cases.js'
import { Failure, type Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import { type Call, commandWords, type Fate, World } from './world.js'

/** A lock that is asked for. */
export interface Lock {
  readonly name: string
  readonly ttl: number
}

const NAMES = ['order', 'invoice', 'stock', 'заказ', 'the report']

export const drawLock = (random: Random): Lock => ({
  name: `${NAMES[random.below(NAMES.length)]}-${1 + random.below(99)}`,
  ttl: 100 * (2 + random.below(50)),
})

const isToken = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0

/** Clients that use locks by a solution's functions; `next` is what a failure advises. */
export class Locks {
  readonly world: World
  private count = 0

  constructor(
    private readonly solution: Solution,
    private readonly next: string,
  ) {
    this.world = new World(solution)
  }

  /** The clients are programs of their own: what one remembers another doesn't know. */
  async newProcess(): Promise<void> {
    await this.solution.restart()
    this.world.tell('the next calls are in a new process')
  }

  /** An owner that nobody else is: each start of a client has another. */
  owner(): string {
    return `c${++this.count}`
  }

  fail(problem: string): never {
    const { story } = this.world
    throw new Failure(story === '' ? problem : `${story}: ${problem}`, this.next)
  }

  pass(ms: number): void {
    this.world.pass(ms)
    this.world.tell(`${ms} ms pass`)
  }

  /** A token, or null; fails where it is neither. */
  async acquire({ name, ttl }: Lock, owner: string, fate: Fate = {}): Promise<number | null> {
    const { value } = await this.made(`${owner} acquires ${shown(name)} for ${ttl} ms`, fate, (own) =>
      this.world.call('acquire', [name, owner, ttl], own),
    )
    return this.token('acquire', value)
  }

  token(by: string, value: unknown): number | null {
    if (value === null || isToken(value)) return value
    return this.fail(`your ${by} returned ${shown(value)}; it must be a whole number from 1, or null`)
  }

  /** Whether the lock was released. */
  async release({ name }: Lock, owner: string, fate: Fate = {}): Promise<boolean> {
    const { value } = await this.made(`${owner} releases ${shown(name)}`, fate, (own) =>
      this.world.call('release', [name, owner], own),
    )
    if (typeof value === 'boolean') return value
    if (fate.dies !== undefined) return false
    return this.fail(`your release returned ${shown(value)}; it must be true or false`)
  }

  /** Sends what a client sent in another world, and tells what it did. */
  replay(what: string, commands: Call['commands']): void {
    this.world.replay(commands)
    this.world.tell(what)
  }

  /** Makes a call and tells of it; fails where it fails. */
  async made(
    what: string,
    fate: Fate,
    make: (fate: Fate) => Promise<Call>,
  ): Promise<{ readonly value: unknown; readonly call: Call }> {
    const { world } = this
    let inner = ''
    const meanwhile = () => {
      inner = world.toldBy(() => fate.meanwhile?.())
    }
    const call = await make({ ...fate, meanwhile })
    const { came, commands } = call
    if (fate.dies !== undefined) {
      const last = commands.at(-1)
      world.tell(`${what}, and dies ${last ? `after ${commandWords(last)}` : 'before its first command'}`)
      return { value: null, call }
    }
    const at = commands[fate.before ?? -1]
    const note = at ? ` (before its ${commandWords(at)}: ${inner})` : ''
    if ('error' in came) {
      world.tell(what + note)
      return this.fail(came.error)
    }
    world.tell(`${what}${note} → ${shown(came.value)}`)
    return { value: came.value, call }
  }
}
