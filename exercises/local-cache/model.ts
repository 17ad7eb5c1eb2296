export interface Settings {
  readonly capacity: number
  readonly ttlMs: number
}

/** Something that happens to one server's cache. A message's number is that of its place among all that were sent. */
export type Event =
  | { readonly at: number; readonly do: 'get'; readonly key: string; readonly load: number }
  | {
      readonly at: number
      readonly do: 'loaded'
      readonly load: number
      readonly key: string
      readonly value: string
    }
  | { readonly at: number; readonly do: 'set'; readonly key: string; readonly value: string }
  | { readonly at: number; readonly do: 'invalidate'; readonly key: string; readonly number: number }

/** What a get must answer, and why where there is no copy. */
export interface Answer {
  readonly event: Event
  readonly value: string | null
  readonly why: string
}

interface Copy {
  readonly value: string
  /** When the value was still certain to be the newest: when its load began, or when it was written. */
  readonly since: number
}

interface Load {
  readonly key: string
  readonly since: number
  /** What has overtaken it. */
  overtaken?: string
}

/** A cache that does what the exercise asks for. */
export class Model {
  /** The least recently used first. */
  private readonly copies = new Map<string, Copy>()
  private readonly loads = new Map<number, Load>()
  private readonly reasons = new Map<string, string>()
  private last = 0

  /** Copies that have expired take no room if it is `eager`, which a right solution may be or not. */
  constructor(
    private readonly settings: Settings,
    private readonly eager: boolean,
  ) {}

  /** Whether a get began this load, and it is still under way. */
  isLoading = (load: number): boolean => this.loads.has(load)

  /** When the copy of a key is over; undefined where there is none. */
  endOf(key: string): number | undefined {
    const copy = this.copies.get(key)
    return copy && copy.since + this.settings.ttlMs
  }

  take(event: Event): Answer | undefined {
    if (this.eager) for (const key of [...this.copies.keys()]) this.dropExpired(key, event.at)
    switch (event.do) {
      case 'get':
        return { event, ...this.get(event.key, event.at, event.load) }
      case 'loaded':
        this.loaded(event.load, event.value, event.at)
        return undefined
      case 'set':
        this.overtake(`the set at ${event.at}`, event.key)
        this.store(event.key, { value: event.value, since: event.at }, event.at)
        return undefined
      case 'invalidate':
        this.invalidate(event.key, event.number, event.at)
        return undefined
    }
  }

  private get(key: string, at: number, load: number): { value: string | null; why: string } {
    this.dropExpired(key, at)
    const copy = this.copies.get(key)
    if (!copy) {
      this.loads.set(load, { key, since: at })
      return { value: null, why: this.reasons.get(key) ?? 'it was never loaded' }
    }
    this.use(key, copy)
    return { value: copy.value, why: '' }
  }

  private dropExpired(key: string, at: number): void {
    const copy = this.copies.get(key)
    if (copy && at >= copy.since + this.settings.ttlMs)
      this.drop(key, `its copy is of ${copy.since}, ${at - copy.since} ms old`)
  }

  private loaded(number: number, value: string, at: number): void {
    const load = this.loads.get(number)
    this.loads.delete(number)
    if (!load) return
    const { key, since, overtaken } = load
    if (overtaken) this.reasons.set(key, `load ${number} began at ${since}, before ${overtaken}`)
    else if (at >= since + this.settings.ttlMs)
      this.reasons.set(key, `load ${number} began at ${since}, and took too long`)
    else if ((this.copies.get(key)?.since ?? 0) <= since) this.store(key, { value, since }, at)
  }

  private store(key: string, copy: Copy, at: number): void {
    if (!this.copies.has(key) && this.copies.size >= this.settings.capacity) {
      const [oldest] = this.copies.keys()
      this.drop(oldest, `it left the full cache at ${at}`)
    }
    this.use(key, copy)
  }

  private invalidate(key: string, number: number, at: number): void {
    const isGap = number !== this.last + 1
    this.last = number
    const what = isGap ? `message ${number} at ${at}, before which some were lost` : `the message at ${at}`
    this.overtake(what, isGap ? undefined : key)
    for (const one of isGap ? [...this.copies.keys()] : [key]) this.drop(one, `${what} ended its copy`)
  }

  /** Of one key, or of all. */
  private overtake(what: string, key?: string): void {
    for (const load of this.loads.values()) if (key === undefined || load.key === key) load.overtaken ??= what
  }

  private use(key: string, copy: Copy): void {
    this.copies.delete(key)
    this.copies.set(key, copy)
  }

  private drop(key: string, why: string): void {
    if (this.copies.delete(key)) this.reasons.set(key, why)
  }
}

export function answersTo(settings: Settings, events: readonly Event[], eager = false): Answer[] {
  const model = new Model(settings, eager)
  return events.flatMap((event) => model.take(event) ?? [])
}

/** Whether it makes no difference how long expired copies take up room. */
export function isPlain(settings: Settings, events: readonly Event[]): boolean {
  const [a, b] = [false, true].map((eager) => answersTo(settings, events, eager).map(({ value }) => value))
  return JSON.stringify(a) === JSON.stringify(b)
}
