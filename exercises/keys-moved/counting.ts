import { type CaseCheck, shorter, wrongNumber } from '../../src/grading/cases.js'
import { drawKeys, many, ODD_KEYS } from '../../src/grading/draw.js'
import { hashFunctions, hashText } from '../../src/hashing/index.js'
import type { Random } from '../../src/random/random.js'
import { fewer, type Servers } from './shares.js'

interface Counted {
  readonly keys: readonly string[]
  readonly servers: Servers
}

const hash = (key: string) => hashText(hashFunctions.md5.hash, key)

const moves = (key: string, [before, after]: Servers) => hash(key) % before !== hash(key) % after

/** Where half of the keys stay or more, so that a single key tells one hash from another. */
const telling: readonly Servers[] = [
  [3, 6],
  [10, 5],
  [7, 14],
  [12, 9],
  [2, 4],
]

const plainKeys = many(40, () => 0).map((_, i) => `user:${i}`)

/** Every key by itself, then lists: twice the same, other servers, other keys, and nobody. */
const fixed: readonly Counted[] = [
  ...[...plainKeys, ...ODD_KEYS].map((key, i) => ({ keys: [key], servers: telling[i % telling.length] })),
  { keys: [], servers: [6, 9] },
  ...plainKeys
    .filter((key) => moves(key, [4, 5]))
    .slice(0, 2)
    .map((key): Counted => ({ keys: [key, key], servers: [4, 5] })),
  ...(
    [
      [4, 5],
      [5, 4],
      [7, 7],
      [1, 1],
      [1, 1000],
      [1000, 999],
      [64, 96],
    ] as const
  ).flatMap((servers) => [
    { keys: ODD_KEYS, servers },
    { keys: plainKeys.slice(0, ODD_KEYS.length), servers },
  ]),
]

export function countedCases(random: Random, servers: () => Servers): Counted[] {
  return [
    ...fixed,
    ...many(15, () => ({ keys: drawKeys(1 + random.below(200), random), servers: servers() })),
  ]
}

/** How many keys a message shows. */
const MAX_SHOWN = 3

function keyWords(keys: readonly string[]): string {
  const shown = keys.slice(0, MAX_SHOWN).map((key) => `${JSON.stringify(key)} (hash ${hash(key)})`)
  const more = keys.length - shown.length
  return `keys ${shown.join(', ') || 'none'}${more > 0 ? ` and ${more} more` : ''}`
}

/** Judges `countMoved`. */
export const counting: CaseCheck<Counted> = {
  name: 'countMoved',
  parameters: ({ keys, servers: [before, after] }) => [keys, before, after],
  words: ({ keys, servers: [before, after] }) => `${keyWords(keys)}; servers ${before}, then ${after}`,
  wrong: ({ keys, servers }, value) =>
    wrongNumber(value, keys.filter((key) => moves(key, servers)).length, 0),
  smaller: ({ keys, servers }) => [
    ...shorter(keys, 1).map((fewerKeys) => ({ keys: fewerKeys, servers })),
    ...fewer(servers).map((fewerServers) => ({ keys, servers: fewerServers })),
  ],
  next: 'The hash is the last 8 hex digits of the MD5 of the key’s UTF-8 bytes; a key moves if its remainders differ.',
}
