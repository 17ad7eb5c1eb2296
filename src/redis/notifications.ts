/** Classes of keyspace events, and the two channels to which they go, by their letter in notify-keyspace-events. */
export const EVENT_CLASSES = {
  g: 1 << 2,
  $: 1 << 3,
  l: 1 << 4,
  s: 1 << 5,
  h: 1 << 6,
  z: 1 << 7,
  x: 1 << 8,
  e: 1 << 9,
  t: 1 << 10,
  d: 1 << 13,
  n: 1 << 14,
  K: 1 << 0,
  E: 1 << 1,
  m: 1 << 11,
} as const

export type EventClass = keyof typeof EVENT_CLASSES

const ORDER = Object.keys(EVENT_CLASSES) as EventClass[]
/** The classes that A stands for: all but new keys and misses. */
const ALL = [...'g$lshzxetd'].reduce((flags, letter) => flags | EVENT_CLASSES[letter as EventClass], 0)

/** The classes that a text names, as bits; undefined where a letter is none. */
export function eventFlags(text: string): number | undefined {
  let flags = 0
  for (const letter of text) {
    if (letter !== 'A' && !Object.hasOwn(EVENT_CLASSES, letter)) return undefined
    flags |= letter === 'A' ? ALL : EVENT_CLASSES[letter as EventClass]
  }
  return flags
}

/** The same as Redis prints them. */
export function eventLetters(flags: number): string {
  const isAll = (flags & ALL) === ALL
  const letters = ORDER.filter(
    (letter) => flags & EVENT_CLASSES[letter] && !(isAll && (EVENT_CLASSES[letter] & ALL || letter === 'n')),
  )
  return `${isAll ? 'A' : ''}${letters.join('')}`
}
