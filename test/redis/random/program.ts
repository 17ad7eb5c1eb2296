import { createRandom, type Random } from '../../../src/random/random.js'
import type { Command } from '../../../src/redis/command.js'
import { commands } from '../../../src/redis/table.js'
import { parseUsage, partsOf } from './grammar.js'
import { isTooLarge } from './too-large.js'
import { oddWord, pick, valueFor } from './values.js'

/** A command of one of several clients. */
export interface Step {
  readonly client: number
  readonly words: readonly string[]
}

/** The clients by what they do; those with an odd number speak RESP3. */
export const TALKERS = [0, 1, 2, 3] as const
const LISTENERS = [4, 5] as const
export const WAITERS = [6, 7] as const
export const CLIENTS = 8

const SUBSCRIBING = new Set(['subscribe', 'psubscribe', 'unsubscribe', 'punsubscribe'])

/** Commands that tell about the server, the connection or the time, or that scenarios send. */
const LEFT_OUT =
  /^(.*\|help|wait|restore|auth|client\|.*|hello|quit|reset|asking|read(only|write)|multi|exec|discard|watch|[ps]*(un)?subscribe|randomkey|pfselftest)$/
const GROUPS_LEFT_OUT = ['server', 'cluster', 'scripting']
const RARE = ['flushall', 'flushdb', 'swapdb', 'dbsize', 'select']

const nodes = new Map<string, ReturnType<typeof parseUsage>>()
const usable = [...commands.values()].filter(
  ({ name, group }) => !LEFT_OUT.test(name) && !GROUPS_LEFT_OUT.includes(group) && !RARE.includes(name),
)
const atOnce = usable.filter(({ flags }) => !flags.includes('blocking'))
const waiting = usable.filter(({ flags }) => flags.includes('blocking'))
const rare = RARE.map((name) => commands.get(name)!)

/** One command with arguments as its usage has them, and now and then others. */
function words(command: Command, random: Random): string[] {
  for (;;) {
    const drawn = drawWords(command, random)
    if (!isTooLarge(drawn)) return drawn
  }
}

function drawWords({ name, group, usage }: Command, random: Random): string[] {
  const known = nodes.get(name) ?? parseUsage(usage)
  nodes.set(name, known)
  const parts = partsOf(known, random)
  const literal = parts.filter((part) => typeof part === 'string')
  const keyCount = parts.filter((part) => typeof part !== 'string' && part.value === 'key').length
  const result: string[] = name.split('|')
  for (const part of parts) {
    if (typeof part === 'string') result.push(random.below(6) === 0 ? part.toLowerCase() : part)
    else if (part.value === 'numkeys' && random.below(10) > 0) result.push(String(keyCount))
    else result.push(valueFor(part.value, name, group, literal, random))
  }
  return changed(result, random)
}

/** Puts a word too many, too few or a wrong one into a command now and then. */
function changed(list: string[], random: Random): string[] {
  if (random.below(14) > 0) return list
  const at = 1 + random.below(list.length)
  const kind = random.below(4)
  if (kind === 0) list.splice(at, 1)
  else if (kind === 1) list.splice(at, 0, oddWord(random))
  else if (kind === 2 && at < list.length) list[at] = oddWord(random)
  else if (at + 1 < list.length) list.push(...list.splice(at, 1))
  return list
}

const single = (random: Random) =>
  words(random.below(150) === 0 ? pick(rare, random) : pick(atOnce, random), random)

/** A transaction of a client, with a command of another client in between. */
function* transaction(random: Random): Generator<Step> {
  const client = pick(TALKERS, random)
  const other = pick(TALKERS, random)
  const say = (list: readonly string[]): Step => ({ client, words: list })
  if (random.below(2) === 0) {
    yield say(words(commands.get('watch')!, random))
    if (random.below(3) > 0) yield { client: random.below(4) === 0 ? client : other, words: single(random) }
  }
  yield say(['MULTI'])
  for (let i = random.below(5); i >= 0; i--) {
    yield say(random.below(4) === 0 ? words(pick(waiting, random), random) : single(random))
    if (random.below(8) === 0) yield say([pick(['MULTI', 'WATCH', 'nosuch', 'UNWATCH', 'GET'], random)])
  }
  if (random.below(4) === 0 && other !== client) yield { client: other, words: single(random) }
  yield say([pick(['EXEC', 'EXEC', 'EXEC', 'EXEC', 'DISCARD', 'exec'], random)])
}

/** A client waits for a key that others then write to. */
function* wait(random: Random): Generator<Step> {
  const command = pick(waiting, random)
  const list = words(command, random)
  const at = command.name.endsWith('mpop') ? 1 : list.length - 1
  list[at] = '0'
  yield { client: pick(WAITERS, random), words: list }
  const family =
    command.name === 'xread'
      ? ['xadd', 'xtrim', 'xsetid', 'del']
      : command.name.includes('z')
        ? ['zadd', 'zincrby', 'zrangestore', 'del']
        : ['rpush', 'lpush', 'lmove', 'del']
  for (let i = random.below(4); i >= 0; i--) {
    const client = pick(TALKERS, random)
    yield {
      client,
      words: random.below(3) === 0 ? single(random) : words(commands.get(pick(family, random))!, random),
    }
  }
}

function* listening(random: Random): Generator<Step> {
  const client = pick(LISTENERS, random)
  const name = pick([...SUBSCRIBING, 'subscribe', 'psubscribe'], random)
  const list = [name]
  const least = name.startsWith('p') || name.startsWith('s') ? 1 : 0
  for (let i = least + random.below(3); i > 0; i--)
    list.push(pick(name.includes('ps') ? ['c*', 'c1', '*'] : ['c1', 'c2', ''], random))
  yield { client, words: list }
  yield { client: pick(TALKERS, random), words: words(commands.get('publish')!, random) }
  if (random.below(3) === 0)
    yield { client, words: pick([['PING'], ['PING', 'a'], ['GET', 's1'], ['PING', 'a', 'b']], random) }
}

/** Adds so many items to a key that its encoding may change. */
function* filling(random: Random): Generator<Step> {
  const count = pick([20, 129, 129, 513], random)
  const [name, key, item] = pick(
    [
      ['SADD', 't1', (i: number) => [String(i)]],
      ['SADD', 't2', (i: number) => [`m${i}`]],
      ['HSET', 'h1', (i: number) => [`f${i}`, String(i)]],
      ['ZADD', 'z1', (i: number) => [String(i % 7), `m${i}`]],
      ['RPUSH', 'l1', (i: number) => [String(i * 37)]],
    ] as const,
    random,
  )
  yield {
    client: pick(TALKERS, random),
    words: [name, key, ...Array.from({ length: count }, (_, i) => item(i)).flat()],
  }
}

/** So many commands, more or less, which a seed decides alone. */
export function programOf(seed: string, length: number): Step[] {
  const random = createRandom(seed, 'random commands')
  const steps: Step[] = []
  let client: number = TALKERS[0]
  while (steps.length < length) {
    if (random.below(8) === 0) client = pick(TALKERS, random)
    const kind = random.below(120)
    if (kind < 4) steps.push(...transaction(random))
    else if (kind < 6) steps.push(...wait(random))
    else if (kind < 8) steps.push(...listening(random))
    else if (kind < 9) steps.push(...filling(random))
    else {
      const list = single(random)
      // A SORT fails in the real server where a number before it was out of range, until another is read.
      if (list[0].startsWith('sort')) steps.push({ client, words: ['SCAN', '0', 'COUNT', '100000'] })
      steps.push({ client, words: list })
    }
  }
  return steps
}

export const isSubscribing = (list: readonly string[]) => SUBSCRIBING.has(list[0].toLowerCase())
export const isBlocking = (list: readonly string[]) =>
  commands.get(list[0].toLowerCase())?.flags.includes('blocking') === true
