import { type CaseCheck, shorter, shown } from '../../src/grading/cases.js'
import { drawKey, drawKeys, many, ODD_KEYS, oneOf } from '../../src/grading/draw.js'
import { hashText } from '../../src/hashing/index.js'
import { keySlot, SLOTS } from '../../src/placement/slots.js'
import type { Random } from '../../src/random/random.js'

export const slotOf = (key: string): number => hashText(keySlot, key)

const TAG = /^[^{]*\{([^}]+)\}/
/** What of a key is hashed. */
const hashedPart = (key: string) => TAG.exec(key)?.[1] ?? key
const isAscii = (text: string) => Buffer.byteLength(text) === text.length
const hasBraces = (key: string) => /[{}]/.test(key)

/** Different slots, so that a solution's own slots are taken for slots only where these differ. */
export const PROBES = ['a', 'b', 'c', 'd'] as const

/** Whether a solution's own answers for the probes and for other keys can be slots. */
export function areSlots(answers: readonly unknown[]): answers is readonly number[] {
  const isSlot = (value: unknown) => Number.isInteger(value) && (value as number) >= 0
  return answers.every(isSlot) && new Set(answers.slice(0, PROBES.length)).size > 1
}

/** Texts between braces, and all else of a key that could be hashed in its place. */
const partsOf = (key: string) => [...new Set(key.split(/[{}]/).filter((part) => part !== ''))]

/**
 * Whether an answer is right by a solution's own CRC, which costs points in its own check: the slot of the tag, or, of
 * a key without one, that of no part of it.
 */
function isRightByOwn(key: string, value: unknown, relied: readonly unknown[]): boolean {
  if (!areSlots(relied) || PROBES.every((probe, i) => relied[i] === slotOf(probe))) return false
  const parts = partsOf(key)
  const own = relied.slice(PROBES.length)
  const tag = hashedPart(key)
  if (tag === key) return areSlots([...relied, value]) && !own.includes(value as number)
  return hasBraces(tag) || value === own[parts.indexOf(tag)]
}

/** Judges a slot. */
const judging = (isAbout: (key: string) => boolean, next: string): CaseCheck<string> => ({
  name: 'slot',
  parameters: (key) => [key],
  words: (key) => `slot(${shown(key)})`,
  relies: (key) =>
    hasBraces(key) ? [...PROBES, ...partsOf(key)].map((one) => ({ name: 'slot', parameters: [one] })) : [],
  wrong(key, value, relied) {
    const right = slotOf(key)
    if (value === right || isRightByOwn(key, value, relied)) return undefined
    const part = hashedPart(key) === key ? 'the whole key is hashed' : `hashed is ${shown(hashedPart(key))}`
    return `you returned ${shown(value)}; it is ${right}${hasBraces(key) ? `, because ${part}` : ''}`
  },
  smaller: (key) =>
    shorter([...key])
      .map((characters) => characters.join(''))
      .filter(isAbout),
  next,
})

const isPlain = (key: string) => isAscii(key) && !hasBraces(key)
export const plain = judging(
  isPlain,
  'Compare with the task’s three known slots, the shortest first: the remainder begins with 0, the polynomial is 0x1021, 16 bits are kept, and the last step is modulo 16384.',
)
export const plainSlots = (random: Random): string[] => [
  ...['a', '', '0', '123456789', 'user:1', 'foo', 'hello', ' ', 'zz', '~'.repeat(40)],
  ...ODD_KEYS.filter(isPlain),
  ...many(30, () => drawKey(random)).filter(isPlain),
]

const isForeign = (key: string) => !isAscii(key) && !hasBraces(key)
export const foreign = judging(
  isForeign,
  'A key’s bytes are those of its UTF-8 form: é is two of them, 商 three.',
)
export const foreignSlots = (random: Random): string[] => [
  ...['é', '商', '🦊', 'ключ:é'],
  ...ODD_KEYS.filter(isForeign),
  ...[...drawKeys(8, random), ...many(20, () => drawKey(random))].map((key) => `${key}й`),
]

const isTagged = (key: string) => isAscii(key) && hasBraces(key)
export const tagged = judging(
  isTagged,
  'Look for the first {, then for the first } behind it. Only if there are both, and something between them, is that part hashed.',
)
/** Braces in every arrangement; each is a case of the rule by itself. */
const FIXED = [
  ...[
    '{user:1}:cart',
    'cart:{user:1}',
    'a{b}c{d}e',
    '{a}',
    '{}',
    '{}a',
    'a{}{b}',
    '{{a}}',
    '{a',
    'a}',
    'a{b',
  ],
  ...[
    'a}b',
    '}{',
    '}{a}',
    'a}b{c}d',
    '{a}}',
    '{{}a}',
    '{ }x',
    '{a{b}c}',
    '{__proto__}',
    '{0}',
    'x{1}',
    '{a}{b}',
  ],
]
export const taggedSlots = (random: Random): string[] =>
  [
    ...FIXED,
    ...many(40, () =>
      many(2 + random.below(8), () => oneOf(['{', '}', 'a', 'b', '7', ':'], random)).join(''),
    ),
    ...many(10, () => `{user:${random.below(1e6)}}:${random.below(1e6)}`),
  ].filter(hasBraces)

/** For each slot a key without a tag; made when it is first asked for. */
const keyIn: string[] = []

/** A key that happens to be in the slot of another, without a tag. */
export function keyAlike(key: string): string {
  for (let i = 0, left = keyIn.length > 0 ? 0 : SLOTS; left > 0; i++) {
    const slot = slotOf(`item:${i}`)
    if (keyIn[slot] === undefined) left--
    keyIn[slot] ??= `item:${i}`
  }
  return keyIn[slotOf(key)]
}
