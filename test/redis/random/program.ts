import { createRandom, type Random } from '../../../src/random/random.js'
import type { Command } from '../../../src/redis/command.js'
import { commands } from '../../../src/redis/table.js'
import { ruleOf } from './compare.js'
import { dumpOf } from './dumps.js'
import { parseUsage, partsOf } from './grammar.js'
import { isLeftOut } from './left-out.js'
import { scriptOf, sha1 } from './scripts.js'
import { configWords } from './settings.js'
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

const SUBSCRIBING = new Set(['', 'p', 's'].flatMap((kind) => [`${kind}subscribe`, `${kind}unsubscribe`]))

const RARE_GROUPS = ['server', 'cluster', 'connection']
/** Commands that change too much, or say too little, to come as often as others. */
const RARE = /^(select|function\|.*|script\|(flush|kill))$/
const COMMON = /^(command\|.*|config\|.*|client\|.*|memory\|usage|echo|ping)$/

const nodes = new Map<string, ReturnType<typeof parseUsage>>()
const drawable = [...commands.values()].filter(({ name }) => !isLeftOut(name))
const isRare = ({ name, group }: Command) =>
  RARE.test(name) || (RARE_GROUPS.includes(group) && !COMMON.test(name))
const usable = drawable.filter((command) => !isRare(command) && command.group !== 'scripting')
const canWait = ({ name, flags }: Command) => flags.includes('blocking') || name === 'wait'
const atOnce = usable.filter((command) => !canWait(command))
const waiting = usable.filter(canWait)
const rare = drawable.filter(isRare)
const scripting = drawable.filter((command) => command.group === 'scripting' && !isRare(command))
const callable = drawable.filter(({ name }) => !/^(sort|eval)/.test(name))

/** Commands that a script may not call. */
const NOT_CALLABLE = [['MULTI'], ['SUBSCRIBE', 'c1'], ['WATCH', 's1'], ['nosuch', 'a'], [''], ['GET']]

/** A command that a script calls. What only looks the same in both servers, such as the order of a set, isn't. */
function called(random: Random): readonly string[] {
  if (random.below(30) === 0) return pick(NOT_CALLABLE, random)
  for (;;) {
    const command = pick(callable, random)
    if (isRare(command) && random.below(8) > 0) continue
    const list = words(command, random)
    if (ruleOf(list) === 'exact') return list
  }
}

/** Scripts that come again, so that their SHA-1 is known. */
const POOL = 40
const script = (random: Random) =>
  scriptOf(random.below(2) === 0 ? random : createRandom(String(random.below(POOL)), 'scripts'), called)
const digest = (random: Random) => {
  const text = sha1(scriptOf(createRandom(String(random.below(POOL)), 'scripts'), called))
  const draw = random.below(12)
  return draw === 0 ? text.toUpperCase() : draw === 1 ? pick(['', 'a', '0'.repeat(40)], random) : text
}

/** What a value stands for, that only programs can draw. */
const drawn: Readonly<Record<string, (random: Random) => string>> = {
  script,
  sha1: digest,
  'serialized-value': dumpOf,
}

/** One command with arguments as its usage has them, and now and then others. */
function words(command: Command, random: Random): string[] {
  for (;;) {
    const drawn = drawWords(command, random)
    if (!isTooLarge(drawn)) return drawn
  }
}

function drawWords({ name, group, usage }: Command, random: Random): string[] {
  const own = configWords[name]
  if (own) return [...name.split('|'), ...own(random)]
  const known = nodes.get(name) ?? parseUsage(usage)
  nodes.set(name, known)
  const parts = partsOf(known, random)
  const literal = parts.filter((part) => typeof part === 'string')
  const keyCount = parts.filter((part) => typeof part !== 'string' && part.value === 'key').length
  const result: string[] = name.split('|')
  for (const part of parts) {
    if (typeof part === 'string') result.push(random.below(6) === 0 ? part.toLowerCase() : part)
    else if (part.value === 'numkeys' && random.below(10) > 0) result.push(String(keyCount))
    else if (Object.hasOwn(drawn, part.value)) result.push(drawn[part.value](random))
    else result.push(valueFor(part.value, name, group, literal, random))
  }
  return changed(result, name.split('|').length, random)
}

/** Puts a word too many, too few or a wrong one behind the name of a command now and then. */
function changed(list: string[], first: number, random: Random): string[] {
  if (random.below(14) > 0) return list
  const at = first + random.below(list.length - first + 1)
  const kind = random.below(4)
  if (kind === 0) list.splice(at, 1)
  else if (kind === 1) list.splice(at, 0, oddWord(random))
  else if (kind === 2 && at < list.length) list[at] = oddWord(random)
  else if (at + 1 < list.length) list.push(...list.splice(at, 1))
  return list
}

const single = (random: Random) =>
  words(random.below(60) === 0 ? pick(rare, random) : pick(atOnce, random), random)

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
  yield {
    client: pick(TALKERS, random),
    words: words(commands.get(random.below(4) === 0 ? 'spublish' : 'publish')!, random),
  }
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

/** A SORT fails in the real server where a number before it was out of range, until another is read: by a SCAN. */
const afterScan = (step: Step): Step[] =>
  step.words[0].startsWith('sort')
    ? [{ client: step.client, words: ['SCAN', '0', 'COUNT', '100000'] }, step]
    : [step]

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
    else if (kind < 19) steps.push({ client, words: words(pick(scripting, random), random) })
    else steps.push({ client, words: single(random) })
  }
  return steps.flatMap(afterScan)
}

export const isSubscribing = (list: readonly string[]) => SUBSCRIBING.has(list[0].toLowerCase())
export const isBlocking = (list: readonly string[]) => {
  const command = commands.get(list[0].toLowerCase())
  return command !== undefined && canWait(command)
}
