import type { Command, KeySpecification } from './command.js'

/** A word of a command that is a key, and what the command does to it. */
export interface KeyReference {
  readonly place: number
  readonly flags: readonly string[]
}

type Argv = readonly string[]

/**
 * The keys that a command names. XREAD's own function finds none where there aren't as many IDs, or where something else
 * than an option is before STREAMS, though COMMAND does.
 */
export function keysIn(command: Command, argv: Argv): string[] {
  const places = keyPlaces(command, argv)
  const isEven = argv.length === places[0] + 2 * places.length
  if (command.name === 'xread' && !(isEven && behindOptions(argv) === places[0] - 1)) return []
  return places.map((i) => argv[i])
}

/** The words that XREAD's options have behind them. */
const XREAD_ARGUMENTS: Readonly<Record<string, number>> = { BLOCK: 1, COUNT: 1, GROUP: 2, NOACK: 0 }

/** The place of the first word of XREAD that is no option. */
function behindOptions(argv: Argv): number {
  let at = 1
  for (let more = XREAD_ARGUMENTS[argv[at]?.toUpperCase()]; more !== undefined; ) {
    at += 1 + more
    more = XREAD_ARGUMENTS[argv[at]?.toUpperCase()]
  }
  return at
}

/** Which of a command's words are keys; none where a specification doesn't fit the words. */
export function keyPlaces(command: Command, argv: Argv): number[] {
  return keyReferences(command, argv).map(({ place }) => place)
}

/** Whether a command can have keys. */
export const hasKeys = ({ specifications }: Command): boolean =>
  specifications.some(({ flags }) => !flags.includes('not_key'))

export function keyReferences({ name, specifications }: Command, argv: Argv): KeyReference[] {
  const own = exceptions[name]
  if (own) return own(argv)
  const found: KeyReference[] = []
  for (const specification of specifications) {
    const { flags, index, keyword } = specification
    if (flags.includes('not_key') || (index === undefined && !keyword)) continue
    const first = index ?? behindWord(keyword!, argv)
    if (first === undefined) continue
    const places = placesFrom(first, specification, argv)
    if (!places) return []
    for (const place of places) found.push({ place, flags })
  }
  return found
}

/** The position behind a word, which is sought forwards from a position, or backwards from one before the end. */
function behindWord([word, from]: readonly [string, number], argv: Argv): number | undefined {
  const step = from > 0 ? 1 : -1
  for (let i = from > 0 ? from : argv.length + from; i > 0 && i < argv.length; i += step)
    if (argv[i].toUpperCase() === word) return i + 1
  return undefined
}

/** The places of keys from the first one on; undefined where they are not within the words. */
function placesFrom(from: number, { range, keynum }: KeySpecification, argv: Argv): number[] | undefined {
  let [first, last, step] = [from, from, 1]
  if (range) {
    const [end, every, limit] = range
    step = every
    if (end >= 0) last = first + end
    else last = limit === 0 ? argv.length + end : first + Math.floor((argv.length - first) / limit) + end
  } else if (keynum) {
    // As atoi() reads it: the command itself refuses `1.5` later.
    const count = Number.parseInt(argv[from + keynum[0]] ?? '', 10)
    step = keynum[2]
    first += keynum[1]
    last = first + count - 1
    if (!(count >= 0)) return undefined
  }
  if (last >= argv.length || last < first) return undefined
  const places: number[] = []
  for (let i = first; i <= last; i += step) places.push(i)
  return places
}

const READ = ['RO', 'access']
const OVERWRITTEN = ['OW', 'update']
const UPDATED = ['RW', 'access', 'update']

/** Words that SORT's options have behind them. */
const SORT_ARGUMENTS: Readonly<Record<string, number>> = { LIMIT: 2, GET: 1, BY: 1 }

/** Commands whose options decide what their keys are, or what happens to them. */
const exceptions: Readonly<Record<string, (argv: Argv) => KeyReference[]>> = {
  set: (argv) => [
    { place: 1, flags: argv.slice(3).some((word) => word.toUpperCase() === 'GET') ? UPDATED : OVERWRITTEN },
  ],
  bitfield: (argv) => [{ place: 1, flags: onlyGets(argv) ? READ : UPDATED }],
  sort: (argv) => {
    let store: KeyReference[] = []
    for (let i = 2; i < argv.length; i++) {
      const option = argv[i].toUpperCase()
      if (option === 'STORE' && i + 1 < argv.length) store = [{ place: i + 1, flags: OVERWRITTEN }]
      i += SORT_ARGUMENTS[option] ?? 0
    }
    return [{ place: 1, flags: READ }, ...store]
  },
}

function onlyGets(argv: Argv): boolean {
  for (let i = 2; i < argv.length; i++) {
    const option = argv[i].toUpperCase()
    if (option === 'GET' && i + 2 < argv.length) i += 2
    else if (option === 'OVERFLOW' && i + 1 < argv.length) i++
    else return false
  }
  return true
}
