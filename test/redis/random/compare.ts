import type { Wire } from './wire.js'

/** Which replies to a command are the same although their bytes differ. */
type Rule = 'exact' | 'collated' | 'unordered' | 'pairs' | 'shape' | 'near' | 'scan'

const RULES: Readonly<Record<string, Rule>> = {
  ...rule('unordered', 'smembers sunion sinter sdiff keys spop hkeys hvals pubsub command'),
  ...rule('pairs', 'hgetall config'),
  ...rule('shape', 'srandmember hrandfield zrandmember randomkey dump dbsize time lastsave memory hello'),
  ...rule('near', 'ttl pttl expiretime pexpiretime'),
  ...rule('scan', 'scan hscan sscan zscan'),
}

function rule(kind: Rule, names: string): Record<string, Rule> {
  return Object.fromEntries(names.split(' ').map((name) => [name, kind]))
}

/** Which replies to a command are the same. */
export function ruleOf(words: readonly string[]): Rule {
  const name = words[0].toLowerCase()
  // Keys that hold a small integer may share it, with the time of its last use.
  if (name === 'object' && /^(idletime|refcount|freq)$/i.test(words[1] ?? '')) return 'shape'
  if (!name.startsWith('sort')) return RULES[name] ?? 'exact'
  const options = words.map((word) => word.toUpperCase())
  if (options.includes('STORE')) return 'exact'
  return options.includes('BY') ? 'shape' : options.includes('ALPHA') ? 'collated' : 'exact'
}

/** A reply as text; what its bytes are can be read from it. */
export function shown(wire: Wire): string {
  if (wire.items) return `${wire.kind}[${wire.items.map(shown).join(' ')}]`
  return wire.text === undefined ? `${wire.kind}null` : `${wire.kind}${JSON.stringify(wire.text)}`
}

/** Only the types of a reply. */
const shape = ({ kind, text, items }: Wire): string =>
  items
    ? `${kind}[${items.map(shape).sort().join(' ')}]`
    : kind === '-'
      ? `-${text}`
      : `${kind}${text === undefined}`

function unordered({ kind, items }: Wire, width: number): string {
  const groups: string[] = []
  for (let i = 0; i < items!.length; i += width)
    groups.push(
      items!
        .slice(i, i + width)
        .map(shown)
        .join(' '),
    )
  return `${kind}${items!.length}[${groups.sort().join(' ')}]`
}

/** Texts that are the same up to a zero byte come in the order of a hash table where they are sorted. */
const untilZero = ({ kind, text, items }: Wire): string =>
  items ? `${kind}${items.map(untilZero)}` : `${kind}${JSON.stringify(text?.split('\0')[0])}`

const NEAR_MS = 30_000

function isNear(words: readonly string[], a: Wire, b: Wire): boolean {
  if (a.kind !== ':' || b.kind !== ':' || Number(a.text) < 0) return shown(a) === shown(b)
  return (
    Math.abs(Number(a.text) - Number(b.text)) <= NEAR_MS / (words[0].toLowerCase().startsWith('p') ? 1 : 1000)
  )
}

/** All of a scan that is over at once; of others only the types can be the same. */
function isSameScan(words: readonly string[], a: Wire, b: Wire): boolean {
  const name = words[0].toLowerCase()
  const cursor = words[name === 'scan' ? 1 : 2]
  const isWhole = [a, b].every(({ items }) => items?.[0].text === '0') && Number(cursor) === 0
  const text = ({ kind, items }: Wire) =>
    isWhole
      ? `${kind}${unordered(items![1], /^[hz]/.test(name) ? 2 : 1)}`
      : `${kind}${items!.map(({ kind: own }) => own)}`
  return a.items && b.items ? text(a) === text(b) : shown(a) === shown(b)
}

/** Whether two servers answered a command alike. `queue` holds what EXEC ran. */
export function isSame(
  words: readonly string[],
  a: Wire,
  b: Wire,
  queue: readonly (readonly string[])[] = [],
): boolean {
  if (shown(a) === shown(b)) return true
  if (words[0].toLowerCase() === 'exec' && a.items && b.items && a.items.length === b.items.length)
    return a.kind === b.kind && a.items.every((item, i) => isSame(queue[i] ?? ['?'], item, b.items![i]))
  const kind = ruleOf(words)
  if (kind === 'near') return isNear(words, a, b)
  if (kind === 'collated') return untilZero(a) === untilZero(b)
  if (kind === 'shape') return shape(a) === shape(b)
  if (kind === 'scan') return isSameScan(words, a, b)
  if (kind === 'exact' || !a.items || !b.items) return false
  const width = kind === 'pairs' ? 2 : 1
  return unordered(a, width) === unordered(b, width)
}

/**
 * What was pushed to a client, as text. Where one command has led to several pushes, to several patterns or about all
 * channels, they come in the order of a hash table.
 */
export function shownPushes(pushes: readonly Wire[]): string {
  const lines: string[] = []
  for (let at = 0; at < pushes.length; ) {
    const kind = pushes[at].items![0].text!
    const run: string[] = []
    for (; at < pushes.length && pushes[at].items![0].text === kind; at++)
      run.push(...pushes[at].items!.slice(1).map(shown))
    // Keys that are followed by their prefixes are sent when the server has nothing else to do.
    const shownRun = kind === 'message' ? run : kind === 'invalidate' ? keysIn(run) : run.sort()
    lines.push(`${pushes[at - 1].kind}${kind} ${shownRun.join(' ')}`)
  }
  return lines.join('\n')
}

const keysIn = (runs: readonly string[]) =>
  [...new Set(runs.flatMap((run) => run.slice(2, -1).split(' ')))].sort()
