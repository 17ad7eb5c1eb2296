import { checkCases } from '../../src/grading/cases.js'
import { many } from '../../src/grading/draw.js'
import type { Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import { type History, historyCheck, Writer } from './history.js'

const ROUNDS = 48
const EVENTS = 80
/** A copy whose end is so near may be asked for right then. */
const NEAR_MS = 60

/**
 * The store behind the caches, in which other servers write, too; messages of that to our server are late or lost.
 * The cache is either full, or copies in it expire: together they would ask how long expired ones take up room.
 */
class System {
  readonly writer: Writer
  readonly keys: readonly string[]
  private readonly stored: Map<string, string>
  private due: { readonly at: number; readonly run: () => void }[] = []
  private lost: number
  private readonly longestLoad: number
  private readonly longestWay: number

  constructor(
    readonly random: Random,
    isFull: boolean,
  ) {
    this.keys = ['a', 'b', 'c', 'd'].slice(0, 3 + random.below(2))
    const full = { capacity: 1 + random.below(3), ttlMs: 10_000 }
    const shortLived = { capacity: this.keys.length, ttlMs: 60 + random.below(140) }
    this.writer = new Writer(isFull ? full : shortLived, random)
    // The first message may be lost.
    this.lost = random.below(2)
    this.stored = new Map(this.keys.map((key) => [key, this.writer.value()]))
    this.longestLoad = [10, 80][random.below(2)]
    this.longestWay = [10, 80][random.below(2)]
  }

  private later(ms: number, run: () => void): void {
    this.due.push({ at: this.writer.now + ms, run })
  }

  /** A little time, and what is due in it. */
  pass(): void {
    this.writer.soon()
    const ready = this.due.filter(({ at }) => at <= this.writer.now)
    this.due = this.due.filter(({ at }) => at > this.writer.now)
    for (const { run } of ready) run()
  }

  /** A request; the value of its load is read somewhere on the way. */
  get(key: string): void {
    const { random, writer, stored } = this
    const end = writer.endOf(key)
    const isNear = end !== undefined && end > writer.now && end < writer.now + NEAR_MS
    const load = writer.get(key, isNear && random.below(2) === 0 ? end : undefined)
    let value = stored.get(key)!
    const takes = 2 + random.below(this.longestLoad)
    this.later(random.below(takes), () => {
      value = stored.get(key)!
    })
    if (random.below(10) > 0) this.later(takes, () => writer.loaded(key, load, value))
  }

  set(key: string): void {
    const value = this.writer.value()
    this.stored.set(key, value)
    this.writer.set(key, value)
  }

  /** Another server writes. */
  write(key: string): void {
    this.stored.set(key, this.writer.value())
    const isLost = this.random.below(3) === 0
    this.later(this.random.below(this.longestWay), () => {
      if (isLost) this.lost++
      else this.message(key)
    })
  }

  private message(key: string): void {
    this.writer.invalidate(key, this.lost)
    this.lost = 0
  }

  /** A load begins, and the key is written without a message; gives its answer. */
  private oldAnswer(key: string): () => void {
    this.message(key)
    const { writer, stored } = this
    const [load, value] = [writer.get(key), stored.get(key)]
    stored.set(key, writer.value())
    this.lost++
    return () => writer.soon().loaded(key, load, value).get(key)
  }

  /** Two loads of a key that bring different values, answered in either order. */
  twoLoads(key: string): void {
    const answer = this.oldAnswer(key)
    const { writer, stored } = this
    const second = writer.get(key)
    const answerSecond = () => writer.soon().loaded(key, second, stored.get(key)).get(key)
    if (this.random.below(2) === 0) {
      answer()
      answerSecond()
    } else {
      answerSecond()
      answer()
    }
  }

  /** A set overtakes a load, and its copy leaves the cache before the answer comes. */
  overtaken(key: string): void {
    const answer = this.oldAnswer(key)
    this.set(key)
    for (const other of this.keys)
      if (other !== key) this.writer.loaded(other, this.writer.get(other), this.stored.get(other))
    answer()
  }
}

/** What one server sees. */
function drawHistory(random: Random, isFull: boolean): History {
  const system = new System(random, isFull)
  const { writer, keys } = system
  const isCalm = random.below(2) === 0
  let key = keys[0]
  while (writer.events.length < EVENTS) {
    system.pass()
    // Several requests for one key come together.
    if (random.below(2) === 0) key = keys[random.below(keys.length)]
    const what = isCalm && random.below(4) > 0 ? 0 : random.below(42)
    if (what < 22) system.get(key)
    else if (what < 28) system.set(key)
    else if (what < 38) system.write(key)
    else if (what < 40) system.twoLoads(key)
    else system.overtaken(key)
  }
  return writer.history
}

/** All at once, as it happens. */
export async function wholeHistories(solution: Solution, random: Random): Promise<void> {
  const histories = many(ROUNDS, () => 0).map((_, round) => drawHistory(random, round % 2 === 0))
  await checkCases(
    solution,
    histories,
    historyCheck('Look at the check that fails with fewer kinds of events first.'),
  )
}
