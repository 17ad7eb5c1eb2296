import type { Database } from './database.js'
import type { Server } from './server.js'
import { type TypeName, typeOf, type Value } from './values/value.js'

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

/** The same in Redis's order. */
export function eventLetters(flags: number): string {
  const isAll = (flags & ALL) === ALL
  const letters = ORDER.filter(
    (letter) => flags & EVENT_CLASSES[letter] && !(isAll && EVENT_CLASSES[letter] & ALL),
  )
  return `${isAll ? 'A' : ''}${letters.join('')}`
}

const OF_TYPE: Readonly<Record<TypeName, number>> = {
  string: EVENT_CLASSES.$,
  list: EVENT_CLASSES.l,
  set: EVENT_CLASSES.s,
  hash: EVENT_CLASSES.h,
  zset: EVENT_CLASSES.z,
  stream: EVENT_CLASSES.t,
}

/** Events with a class of their own; all others that have nothing to do with a type are generic. */
const OWN_CLASSES: Readonly<Record<string, number>> = {
  new: EVENT_CLASSES.n,
  expired: EVENT_CLASSES.x,
  evicted: EVENT_CLASSES.e,
  keymiss: EVENT_CLASSES.m,
}

/** Publishes an event to the channel of its key and to the channel of its name, as notify-keyspace-events says. */
export function announce(
  { settings, pubsub }: Server,
  { index }: Database,
  key: string,
  event: string,
  value: Value | undefined,
): void {
  const flags = settings.notifyKeyspaceEvents
  const own = value === undefined ? (OWN_CLASSES[event] ?? EVENT_CLASSES.g) : OF_TYPE[typeOf(value)]
  if ((flags & own) === 0) return
  if (flags & EVENT_CLASSES.K) pubsub.publish(`__keyspace@${index}__:${key}`, event)
  if (flags & EVENT_CLASSES.E) pubsub.publish(`__keyevent@${index}__:${event}`, key)
}
