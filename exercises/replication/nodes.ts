import { setTimeout as sleep } from 'node:timers/promises'
import { shown } from '../../src/grading/cases.js'
import type { Service } from '../../src/grading/exercise.js'

/** One request to a node. */
interface Ask {
  readonly what: 'get' | 'set'
  readonly node: string
  /** As it was given; undefined or null where none was. */
  readonly timeout: unknown
}

/** What is wrong with a node. */
export const troubles = ['down', 'hangs'] as const
export type Trouble = (typeof troubles)[number]

const TICK_MS = 50
/** How long a call without a timeout waits for a hanging node. */
const PATIENCE_TICKS = 16

/** The nodes that a solution calls. Every call is recorded. */
export class Nodes {
  private readonly stores: Map<string, Map<string, unknown>>
  readonly troubles = new Map<string, Trouble>()
  asks: Ask[] = []
  /** Called when a call makes no progress because it asked a hanging node without a timeout. */
  private lost: ((node: string) => void) | undefined

  constructor(names: readonly string[]) {
    this.stores = new Map(names.map((name) => [name, new Map()]))
  }

  /** A new call: nothing was asked in it yet. */
  begin(lost: (node: string) => void): void {
    this.asks = []
    this.lost = lost
  }

  end(): void {
    this.lost = undefined
  }

  /** Stores a key on a node without being asked; null takes it away. */
  put(name: string, key: string, value: string | null): void {
    if (value === null) this.stores.get(name)?.delete(key)
    else this.stores.get(name)?.set(key, value)
  }

  /** The nodes that have a key, each with its value. */
  copies(key: string): Map<string, unknown> {
    const holding = [...this.stores].filter(([, store]) => store.has(key))
    return new Map(holding.map(([name, store]) => [name, store.get(key)]))
  }

  readonly service: Service = {
    get: async (node, key, timeout) => (await this.reach('get', node, key, timeout)).get(String(key)) ?? null,
    set: async (node, key, value, timeout) =>
      void (await this.reach('set', node, key, timeout)).set(String(key), value),
  }

  private async reach(
    what: Ask['what'],
    node: unknown,
    key: unknown,
    timeout: unknown,
  ): Promise<Map<string, unknown>> {
    const name = typeof node === 'string' ? node : shown(node)
    this.asks.push({ what, node: name, timeout })
    const store = this.stores.get(name)
    if (!store || name !== node) throw new Error(`there is no node ${shown(node)}`)
    if (typeof key !== 'string') throw new Error(`a key is a text, not ${shown(key)}`)
    const trouble = this.troubles.get(name)
    if (trouble === 'down') throw new Error(`${name} is down`)
    if (trouble === 'hangs') await this.silence(name, timeout)
    return store
  }

  /**
   * The timeout that is given decides, not a clock: it passes at once. Without a timeout no answer ever comes. A
   * solution may have a timer of its own, so this program waits by turns of its event loop: a busy machine slows both
   * down.
   */
  private async silence(name: string, timeout: unknown): Promise<never> {
    if (isTimeout(timeout)) throw new Error(`${name} did not answer within ${timeout} ms`)
    const { asks } = this
    for (let tick = 0, seen = 0; tick < PATIENCE_TICKS && this.lost && this.asks === asks; tick++) {
      if (asks.length > seen) tick = 0
      seen = asks.length
      await sleep(TICK_MS)
    }
    if (this.asks === asks) this.lost?.(name)
    return new Promise(() => {})
  }
}

const isTimeout = (timeout: unknown) => typeof timeout === 'number' && timeout >= 0
