import type { Command, Group } from '../redis/command.js'
import example from './example-words.json' with { type: 'json' }
import mistakes from './mistakes.json' with { type: 'json' }

type Texts = Readonly<Record<string, string | undefined>>
/** Example words for the values in a usage, and example keys by group. */
const { values, firstKeys, secondKeys }: Record<'values' | 'firstKeys' | 'secondKeys', Texts> = example
/** Common mistakes by command, else by group. */
const {
  ofCommand,
  ofGroup,
}: {
  ofCommand: Readonly<Record<string, readonly string[]>>
  ofGroup: Readonly<Record<Group, readonly string[]>>
} = mistakes

export function mistakesOf({ name, group }: Command): readonly string[] {
  return ofCommand[name] ?? ofGroup[group]
}

/** The example word for a value in a command's usage. */
export function exampleWord({ group, name: command }: Command, name: string, isFirst: boolean): string {
  if (/^(key\d?|source|destination|src|dst|destkey|sourcekey|newkey)$/.test(name)) {
    const first = firstKeys[group] ?? 'user:123'
    return isFirst ? first : (secondKeys[group] ?? 'user:124')
  }
  if (name === 'numkeys' && group === 'scripting') return '0'
  if (name === 'value' && (command === 'setbit' || command === 'config|set')) return '1'
  if (/lex/.test(command) && (name === 'min' || name === 'max')) return name === 'min' ? '-' : '+'
  return values[name] ?? name
}

/** Commands that fill the keys of an example, by group. */
const SAMPLES: Readonly<Partial<Record<Group, (key: string, place: number) => readonly string[]>>> = {
  string: (key) => ['SET', key, '10'],
  bitmap: (key) => ['SETBIT', key, '3', '1'],
  hash: (key) => ['HSET', key, 'name', 'John', 'age', '30', 'email', 'john@example.com'],
  list: (key, place) => ['RPUSH', key, ...(place === 0 ? ['job1', 'job2'] : ['old'])],
  set: (key, place) => ['SADD', key, 'user:789', place === 0 ? 'user:456' : 'user:1'],
  'sorted-set': (key, place) =>
    place === 0
      ? ['ZADD', key, '100', 'user:123', '85', 'user:456', '92', 'user:789']
      : ['ZADD', key, '70', 'user:456', '60', 'user:1'],
  geo: (key) => ['GEOADD', key, '13.361389', '38.115556', 'Palermo', '15.087269', '37.502669', 'Catania'],
  hyperloglog: (key, place) => ['PFADD', key, 'a', 'b', `c${place}`],
  stream: (key) => ['XADD', key, '1-1', 'page', 'home', 'user', '123'],
  generic: (key) => ['SET', key, 'John'],
  transactions: (key) => ['SET', key, 'John'],
}

const NUMBERS = [['RPUSH', 'user:123', '30', '4', '100']]
const QUEUED = [['SET', 'stock', '5'], ['MULTI'], ['DECR', 'stock'], ['GET', 'stock']]

const SCRIPTS = [['SCRIPT', 'LOAD', 'return{1,2}']]

const PREPARED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  sort: NUMBERS,
  sort_ro: NUMBERS,
  exec: QUEUED,
  discard: QUEUED,
  // Its key must not be there.
  restore: [],
  evalsha: SCRIPTS,
  evalsha_ro: SCRIPTS,
  'object|freq': [
    ['CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lfu'],
    ['SET', 'user:123', 'John'],
  ],
}

/** Commands that the example of a command needs before it. */
export const preparationFor = ({ name }: Command) => PREPARED[name]

/** The command that fills a key for an example; empty for groups without keys. */
export function sampleFor({ group }: Command, key: string, place: number): readonly string[] | undefined {
  return SAMPLES[group]?.(key, place)
}
