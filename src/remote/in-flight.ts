import type { RemoteServer } from './server.js'

/** The bound of a connection: commands, and bytes of keys and values, that are sent and not answered. */
interface Bound {
  readonly commands: number
  readonly bytes: number
}

const BOUND: Bound = { commands: 2048, bytes: 1 << 20 }

/** Lets commands through in their order, as many as fit the bound; one that is larger than it goes alone. */
class InFlight {
  private commands = 0
  private bytes = 0
  private readonly waiting: { readonly bytes: number; readonly commands: number; readonly go: () => void }[] =
    []
  private first = 0

  constructor(private readonly bound: Bound) {}

  async run<T>(bytes: number, send: () => Promise<T>, commands = 1): Promise<T> {
    if (this.first < this.waiting.length || !this.fits(bytes, commands))
      await new Promise<void>((go) => this.waiting.push({ bytes, commands, go }))
    else this.take(bytes, commands)
    try {
      return await send()
    } finally {
      this.commands -= commands
      this.bytes -= bytes
      this.next()
    }
  }

  private fits(bytes: number, commands: number): boolean {
    if (this.commands === 0) return true
    return this.commands + commands <= this.bound.commands && this.bytes + bytes <= this.bound.bytes
  }

  private take(bytes: number, commands: number): void {
    this.commands += commands
    this.bytes += bytes
  }

  /** What waits gets its place before it goes on, so that nothing that comes in between takes it. */
  private next(): void {
    const { waiting } = this
    while (this.first < waiting.length) {
      const { bytes, commands, go } = waiting[this.first]
      if (!this.fits(bytes, commands)) break
      this.first++
      this.take(bytes, commands)
      go()
    }
    // Moving what is left costs as much as there is, so it is done when most have gone.
    if (2 * this.first < waiting.length) return
    waiting.splice(0, this.first)
    this.first = 0
  }
}

const lengthOf = (keys: readonly string[]): number => keys.reduce((sum, { length }) => sum + length, 0)

/** A server with a bound on what is in flight; what is more waits here, in its order. */
export function bounded(server: RemoteServer, bound = BOUND): RemoteServer {
  const flight = new InFlight(bound)
  return {
    ...server,
    get: (key) => flight.run(key.length, () => server.get(key)),
    set: (key, text) => flight.run(key.length + text.length, () => server.set(key, text)),
    setAll: (keys, text) =>
      flight.run(lengthOf(keys) + keys.length * text.length, () => server.setAll(keys, text), keys.length),
    count: (keys) => flight.run(lengthOf(keys), () => server.count(keys)),
    delete: (keys) => flight.run(lengthOf(keys), () => server.delete(keys)),
  }
}
