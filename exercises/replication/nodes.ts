import type { Service } from '../../src/grading/exercise.js'

/** One thing that was asked of a node. */
interface Ask {
  readonly what: 'get' | 'set'
  readonly node: string
}

/** The nodes behind a solution: they are only reached by calls, and everything that is asked is written down. */
export class Nodes {
  private readonly stores: Map<string, Map<string, unknown>>
  private readonly down = new Set<string>()
  private readonly hung = new Set<string>()
  asks: Ask[] = []

  constructor(names: readonly string[]) {
    this.stores = new Map(names.map((name) => [name, new Map()]))
  }

  kill(name: string): void {
    this.down.add(name)
  }

  hang(name: string): void {
    this.hung.add(name)
  }

  store(name: string, key: string, value: unknown): void {
    this.stores.get(name)?.set(key, value)
  }

  /** Where a key is, and as what. */
  copies(key: string): Map<string, unknown> {
    const holding = [...this.stores].filter(([, store]) => store.has(key))
    return new Map(holding.map(([name, store]) => [name, store.get(key)]))
  }

  readonly service: Service = {
    get: async (node, key, timeout) => (await this.reach('get', node, timeout)).get(String(key)) ?? null,
    set: async (node, key, value, timeout) =>
      void (await this.reach('set', node, timeout)).set(String(key), value),
  }

  private async reach(what: Ask['what'], node: unknown, timeout: unknown): Promise<Map<string, unknown>> {
    const name = String(node)
    const store = this.stores.get(name)
    if (!store) throw new Error(`there is no node ${JSON.stringify(node)}`)
    this.asks.push({ what, node: name })
    if (this.hung.has(name)) await silence(name, timeout)
    if (this.down.has(name)) throw new Error(`${name} is down`)
    return store
  }
}

const LONGEST_TIMEOUT = 60_000

/** Fails after a timeout; without one it never returns. */
function silence(name: string, timeout: unknown): Promise<never> {
  return new Promise((_, reject) => {
    if (typeof timeout !== 'number' || !(timeout >= 0)) return
    setTimeout(
      () => reject(new Error(`${name} did not answer within ${timeout} ms`)),
      Math.min(timeout, LONGEST_TIMEOUT),
    ).unref()
  })
}
