import { type Plain, plain, stringify } from '../../redis/present.js'
import { type Reply, Typed } from '../../redis/reply.js'
import { ask } from '../../redis/script.js'
import { Server } from '../../redis/server.js'
import { SystemTime } from '../../redis/time-source.js'

/** A server to compare with. */
export interface Peer {
  readonly database: number
  /** The replies to commands on an empty database, in order. */
  answer(commands: readonly (readonly string[])[]): Promise<readonly Plain[]>
}

export interface Difference {
  /** The shortest script found; the replies to its last command differ. */
  readonly commands: readonly (readonly string[])[]
  readonly ours: Plain
  readonly theirs: Plain
}

/** Commands whose replies have no defined order. */
const UNORDERED = new Set(['KEYS', 'HKEYS', 'HVALS', 'SORT', 'SORT_RO'])
const IN_PAIRS = new Set(['HGETALL'])
/** Commands that return a remaining time, which may differ by the time between the two calls. */
const TIMES = new Set(['TTL', 'PTTL'])
const SECONDS_APART = 5

/** The store's replies, with unordered ones sorted. */
function ourAnswers(commands: readonly (readonly string[])[], database: number): readonly Reply[] {
  const server = new Server({ clock: new SystemTime(), databases: Math.max(16, database + 1) })
  const client = server.connect()
  client.db = server.databases[database]
  return commands.map((words) => ask(client, words))
}

const sorted = (items: readonly Plain[]) => items.toSorted((a, b) => (stringify(a) < stringify(b) ? -1 : 1))

function inPairs(items: readonly Plain[]): Plain[] {
  return items.flatMap((item, i) => (i % 2 === 0 ? [[item, items[i + 1]]] : []))
}

/** Whether two replies say the same; sets and hashes in any order. */
function isSame(
  words: readonly string[],
  ours: Reply,
  theirs: Plain,
  queued: readonly (readonly string[])[],
): boolean {
  const name = words[0]?.toUpperCase() ?? ''
  const mine = plain(ours)
  if (name === 'EXEC' && Array.isArray(ours) && Array.isArray(theirs)) {
    return (
      ours.length === theirs.length && ours.every((reply, i) => isSame(queued[i] ?? [], reply, theirs[i], []))
    )
  }
  if (TIMES.has(name) && typeof mine === 'number' && typeof theirs === 'number' && mine > 0) {
    return Math.abs(mine - theirs) <= SECONDS_APART * (name === 'TTL' ? 1 : 1000)
  }
  if (isTied(words) && Array.isArray(mine) && Array.isArray(theirs)) return mine.length === theirs.length
  if (!Array.isArray(mine) || !Array.isArray(theirs)) return stringify(mine) === stringify(theirs)
  const arranged = (items: readonly Plain[]): readonly Plain[] => {
    if (IN_PAIRS.has(name)) return sorted(inPairs(items))
    return UNORDERED.has(name) || (ours instanceof Typed && ours.kind === 'set') ? sorted(items) : items
  }
  return stringify(arranged(mine)) === stringify(arranged(theirs))
}

/** SORT by missing keys leaves the order undefined, also that of a stored result. */
function isTied(words: readonly string[]): boolean {
  const options = words.map((word) => word.toUpperCase())
  return options[0]?.startsWith('SORT') === true && options.includes('BY') && options.includes('ALPHA')
}

/** The first position at which two lists of replies differ; undefined if they don't. */
function firstDifference(
  commands: readonly (readonly string[])[],
  ours: readonly Reply[],
  theirs: readonly Plain[],
): number | undefined {
  let queued: (readonly string[])[] = []
  for (const [i, words] of commands.entries()) {
    const name = words[0]?.toUpperCase()
    if (!isSame(words, ours[i], theirs[i], queued)) return i
    const begins = name === 'MULTI' && stringify(theirs[i]) === '{"status":"OK"}'
    if (begins || name === 'EXEC' || name === 'DISCARD') queued = []
    else if (stringify(theirs[i]) === '{"status":"QUEUED"}') queued.push(words)
  }
  return undefined
}

/** Sends the same commands to both; the first difference with the shortest script that shows it, or undefined. */
export async function compare(
  peer: Peer,
  commands: readonly (readonly string[])[],
  budget = 400,
): Promise<Difference | undefined> {
  const found = await differenceIn(peer, commands)
  return found && shorten(peer, found, budget)
}

async function differenceIn(
  peer: Peer,
  commands: readonly (readonly string[])[],
): Promise<Difference | undefined> {
  const ours = ourAnswers(commands, peer.database)
  const theirs = await peer.answer(commands)
  const at = firstDifference(commands, ours, theirs)
  if (at === undefined) return undefined
  return { commands: commands.slice(0, at + 1), ours: plain(ours[at]), theirs: theirs[at] }
}

/**
 * Removes commands that aren't needed for the difference: halves first, then smaller pieces, down to single commands
 * (Zeller, 2002).
 */
async function shorten(peer: Peer, difference: Difference, budget: number): Promise<Difference> {
  let best = difference
  let tries = budget
  for (let size = best.commands.length >> 1; size >= 1 && tries > 0; size = nextSize(size, best)) {
    for (let end = best.commands.length - 1; end > 0 && tries > 0; end -= size, tries--) {
      end = Math.min(end, best.commands.length - 1)
      const at = Math.max(0, end - size)
      best = (await differenceIn(peer, best.commands.toSpliced(at, end - at))) ?? best
    }
  }
  return best
}

const nextSize = (size: number, { commands }: Difference) =>
  Math.min(size >> 1, Math.max(1, commands.length >> 1))
