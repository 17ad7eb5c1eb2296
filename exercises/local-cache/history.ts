import { type CaseCheck, shorter, shown } from '../../src/grading/cases.js'
import type { Random } from '../../src/random/random.js'
import { answersTo, type Event, isPlain, Model, type Settings } from './model.js'

/** What happens to one server, in order. */
export interface History {
  readonly settings: Settings
  readonly events: readonly Event[]
}

/** Writes a history: time goes on from call to call, loads and messages get their numbers. */
export class Writer {
  readonly events: Event[] = []
  now: number
  private readonly model: Model
  private loads = 0
  private messages = 0
  private values = 0

  constructor(
    readonly settings: Settings,
    private readonly random: Random,
  ) {
    this.now = random.below(1000)
    this.model = new Model(settings, false)
    this.values = random.below(900)
  }

  get history(): History {
    return { settings: this.settings, events: this.events }
  }

  /** A value that nothing else has. */
  value(): string {
    return `v${++this.values}`
  }

  pass(ms: number): this {
    this.now += ms
    return this
  }

  /** A little time. */
  soon(): this {
    return this.pass(1 + this.random.below(9))
  }

  /** The number of the load that a get begins; undefined where it is a hit. */
  get(key: string, at?: number): number | undefined {
    if (at === undefined) this.soon()
    else this.now = at
    const load = ++this.loads
    const answer = this.add({ at: this.now, do: 'get', key, load })
    return answer?.value === null ? load : undefined
  }

  loaded(key: string, load: number | undefined, value = this.value()): this {
    if (load !== undefined) this.add({ at: this.now, do: 'loaded', load, key, value })
    return this
  }

  /** A get whose load is answered at once. */
  fill(key: string): this {
    return this.loaded(key, this.get(key))
  }

  set(key: string, value = this.value()): this {
    this.soon().add({ at: this.now, do: 'set', key, value })
    return this
  }

  /** A message of another server; so many before it are lost. */
  invalidate(key: string, lost = 0): this {
    this.messages += 1 + lost
    this.soon().add({ at: this.now, do: 'invalidate', key, number: this.messages })
    return this
  }

  /** When the copy of a key is over. */
  endOf(key: string): number | undefined {
    return this.model.endOf(key)
  }

  private add(event: Event) {
    this.events.push(event)
    return this.model.take(event)
  }
}

/** Without answers to loads that never began; messages that were left out are as if they had never been sent. */
function tidy({ settings, events: all }: History, events: readonly Event[]): History {
  const model = new Model(settings, false)
  const numbers = all.flatMap((event) => (event.do === 'invalidate' ? [event.number] : []))
  const gaps = new Map(numbers.map((number, i) => [number, number - (numbers[i - 1] ?? 0)]))
  let last = 0
  const kept = events.flatMap((event): Event[] => {
    if (event.do === 'loaded' && !model.isLoading(event.load)) return []
    if (event.do !== 'invalidate') {
      model.take(event)
      return [event]
    }
    last += gaps.get(event.number)!
    const renumbered = { ...event, number: last }
    model.take(renumbered)
    return [renumbered]
  })
  return { settings, events: kept }
}

function eventWords(event: Event): string {
  switch (event.do) {
    case 'get':
      return `${event.at} get ${event.key} (load ${event.load})`
    case 'loaded':
      return `${event.at} loaded ${event.load}: ${event.key} is ${shown(event.value)}`
    case 'set':
      return `${event.at} set ${event.key} ${shown(event.value)}`
    case 'invalidate':
      return `${event.at} message ${event.number}: invalidate ${event.key}`
  }
}

const MAX_SHOWN = 40

/** What comes after the first wrong answer doesn't matter. */
const beginnings = (events: readonly Event[]) =>
  Array.from({ length: 8 }, (_, i) => events.slice(0, Math.ceil((events.length * (i + 1)) / 9)))

export const historyCheck = (next: string): CaseCheck<History> => ({
  name: 'replay',
  parameters: ({ settings, events }) => [settings, events],
  next,
  words({ settings, events }) {
    const more = events.length > MAX_SHOWN ? ` … (${events.length} events)` : ''
    return `capacity ${settings.capacity}, ttlMs ${settings.ttlMs}: ${events.slice(0, MAX_SHOWN).map(eventWords).join('; ')}${more}`
  },
  smaller: (history) =>
    [...beginnings(history.events), ...shorter(history.events, 1)]
      .map((events) => tidy(history, events))
      .filter(({ settings, events }) => events.length < history.events.length && isPlain(settings, events)),
  wrong({ settings, events }, value) {
    const right = answersTo(settings, events)
    if (!Array.isArray(value) || value.length !== right.length)
      return `you returned ${shown(value)}; it must be a list with one answer for each of ${right.length} get${right.length === 1 ? '' : 's'}`
    const at = right.findIndex((answer, i) => (value[i] ?? null) !== answer.value)
    if (at < 0) return undefined
    const { event, value: expected, why } = right[at]
    const said = `you answered the get at ${event.at} with ${shown(value[at] ?? null)}`
    return `${said}; it is ${shown(expected)}${expected === null ? `: ${why}` : ''}`
  },
})
