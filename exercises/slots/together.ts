import { type CaseCheck, shorter, shown } from '../../src/grading/cases.js'
import { drawKey, many, oneOf } from '../../src/grading/draw.js'
import type { Random } from '../../src/random/random.js'
import { areSlots, keyAlike, PROBES, slotOf } from './keys.js'

export type Command = readonly string[]

/** How many words of a command belong to one key, and whether there may be several keys; the words after are values. */
const KINDS: Readonly<Record<string, { readonly step: number; readonly isMany?: true }>> = {
  GET: { step: 1 },
  SET: { step: 1 },
  INCR: { step: 1 },
  HSET: { step: 1 },
  SADD: { step: 1 },
  MGET: { step: 1, isMany: true },
  DEL: { step: 1, isMany: true },
  EXISTS: { step: 1, isMany: true },
  SINTER: { step: 1, isMany: true },
  RENAME: { step: 1, isMany: true },
  MSET: { step: 2, isMany: true },
  PING: { step: 0 },
  TIME: { step: 0 },
}

export function keysOf([name, ...words]: Command): readonly string[] {
  const { step, isMany } = KINDS[name.toUpperCase()]
  if (step === 0) return []
  return isMany ? words.filter((_, i) => i % step === 0) : words.slice(0, 1)
}

const isTogether = (commands: readonly Command[], slot: (key: string) => number) =>
  new Set(commands.flatMap(keysOf).map(slot)).size <= 1

export const words = (commands: readonly Command[]) =>
  commands.map((command) => command.map(word).join(' ')).join('; ')
/** As one would type it. */
const word = (text: string) => (/^[^\s"']+$/.test(text) ? text : JSON.stringify(text))

/** Judges `together`, by the rule or by the solution's own slots: a wrong slot costs points in its own checks. */
export const judging = (
  isAbout: (commands: readonly Command[]) => boolean,
  next: string,
): CaseCheck<readonly Command[]> => ({
  name: 'together',
  parameters: (commands) => [commands],
  words: (commands) => `together of ${words(commands)}`,
  relies: (commands) =>
    [...PROBES, ...commands.flatMap(keysOf)].map((key) => ({ name: 'slot', parameters: [key] })),
  wrong(commands, value, relied) {
    const right = isTogether(commands, slotOf)
    const keys = [...PROBES, ...commands.flatMap(keysOf)]
    const own = (key: string) => relied[keys.indexOf(key)] as number
    if (
      typeof value === 'boolean' &&
      (value === right || (areSlots(relied) && value === isTogether(commands, own)))
    )
      return undefined
    if (typeof value !== 'boolean') return `you returned ${shown(value)}; it must be true or false`
    const places = [...new Set(commands.flatMap(keysOf))].map(
      (key) => `${word(key)} is in slot ${slotOf(key)}`,
    )
    return `you returned ${value}; it is ${right}: ${places.join(', ') || 'there are no keys'}`
  },
  smaller: (commands) => smaller(commands).filter(isAbout),
  next,
})

/** Without a command, or with fewer keys in one. */
function smaller(commands: readonly Command[]): Command[][] {
  const fewer = commands.flatMap((command, at) => {
    const [name, ...rest] = command
    const { step, isMany } = KINDS[name.toUpperCase()]
    if (!isMany || name.toUpperCase() === 'RENAME') return []
    const groups = keysOf(command).map((_, i) => rest.slice(i * step, (i + 1) * step))
    return shorter(groups, 1).map((some) => commands.with(at, [name, ...some.flat()]))
  })
  return [...shorter(commands, 1), ...fewer]
}

/** Keys that go together, by a tag or by chance. */
function alike(count: number, random: Random): string[] {
  const key = drawKey(random)
  const kinds = [
    () => `{${key}}:${random.below(100)}`,
    () => `${oneOf(['cart', 'list'], random)}:{${key}}`,
    () => key,
    () => keyAlike(key),
  ]
  return many(count, () => oneOf(kinds, random)())
}

/** Keys, of which one is in another slot where `isApart`. */
function keysFor(count: number, isApart: boolean, random: Random): string[] {
  const keys = alike(count, random)
  const other = random.below(count)
  return isApart && count > 1 ? keys.with(other, drawKey(random)) : keys
}

function commandOf(name: string, keys: readonly string[], random: Random): Command {
  const value = () => oneOf([drawKey(random), keys[0], String(random.below(100)), 'a', '{a}b'], random)
  const said = random.below(3) === 0 ? name.toLowerCase() : name
  switch (name) {
    case 'SET':
    case 'SADD':
      return [said, keys[0], value()]
    case 'HSET':
      return [said, keys[0], value(), value()]
    case 'MSET':
      return [said, ...keys.flatMap((key) => [key, value()])]
    default:
      return [said, ...keys]
  }
}

const SEVERAL = ['MGET', 'DEL', 'EXISTS', 'SINTER', 'RENAME', 'MSET']
const SINGLE = ['GET', 'SET', 'INCR', 'HSET', 'SADD']

const isOne = (commands: readonly Command[]) => commands.length === 1
export const oneCommand = judging(
  isOne,
  'Take the keys out of the command, not its values, and compare their slots, not their tags: a cluster knows slots only.',
)
export const oneCommandCases = (random: Random): (readonly Command[])[] =>
  [
    ['MGET', 'user:1', '{user:1}:cart'],
    ['MGET', 'user:1', 'user:2'],
    ['MSET', 'user:1', 'Ann', '{user:1}:cart', '7'],
    ['MSET', 'user:1', 'a', 'user:2', 'a'],
    ['SET', 'user:1', 'Ann'],
    ['HSET', 'user:1', 'name', 'Ann'],
    ['sadd', 'user:1', 'user:2'],
    ['mset', 'user:1', 'user:2'],
    ['DEL', '{}a', '{}b'],
    ['PING'],
    ...[false, true].flatMap((isApart) =>
      SEVERAL.flatMap((name) =>
        many(3, () => {
          const count = name === 'RENAME' ? 2 : 2 + random.below(5)
          return commandOf(name, keysFor(count, isApart, random), random)
        }),
      ),
    ),
    ...SINGLE.map((name) => commandOf(name, alike(1, random), random)),
  ].map((command) => [command])

export const transaction = judging(
  (commands) => commands.length > 1,
  'A transaction runs on one node: collect the keys of all its commands. One without keys disturbs nobody.',
)
export const transactionCases = (random: Random): (readonly Command[])[] => [
  [
    ['SET', 'user:1', 'Ann'],
    ['INCR', 'user:2'],
  ],
  [
    ['SET', 'user:1', 'Ann'],
    ['INCR', '{user:1}:count'],
  ],
  [['PING'], ['GET', 'user:1'], ['time']],
  [['PING'], ['TIME']],
  [['GET', 'user:1'], ['PING'], ['GET', 'user:2']],
  ...[false, true].flatMap((isApart) =>
    many(12, () => {
      const count = 2 + random.below(4)
      const keys = keysFor(count, isApart, random)
      return keys.map((key) =>
        random.below(4) === 0
          ? commandOf('DEL', [key, key], random)
          : commandOf(oneOf(SINGLE, random), [key], random),
      )
    }),
  ),
]
