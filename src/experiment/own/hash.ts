import { type HashName, hashFunctions, hashText } from '../../hashing/index.js'
import { createRandom } from '../../random/random.js'
import { formatCount, formatFactor, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { chiSquareQuantile } from '../../stats/special.js'
import { avalanche, clumping, clumpingLimit, isAvalanche, nanosecondsPerKey } from '../ring/hash-measures.js'
import { keyPatterns } from '../ring/key-patterns.js'
import { type Check, checked, checksReport, remark, verdictOf } from './check.js'

export interface HashTrial {
  /** A hash of ours that it should be. */
  readonly like?: HashName | undefined
  /** Whether to measure wall-clock speed. */
  readonly time: boolean
}

const KEYS = 10_000
const MAX_LENGTH = 40
/** A good hash fails a check of chance as rarely as this. */
const RARE = 1e-9
/** Keys in which each character is changed. */
const CHANGED = 20
const edges = ['', 'a', 'user:1', ' ', 'é', '漢字', '🙂', '\0', 'x'.repeat(1000)]

/** Runs every check on a hash. */
export function tryHash(name: HashName, { like, time }: HashTrial): Report {
  const { hash, bits } = hashFunctions[name]
  const of = (text: string) => hashText(hash, text)
  const texts = [...edges, ...randomTexts(KEYS)]
  const range = checked(
    'range',
    `whole numbers below 2^${bits}`,
    `${formatCount(texts.length)} texts`,
    () => {
      const wrong = texts.find(
        (text) => !(Number.isInteger(of(text)) && of(text) >= 0 && of(text) < 2 ** bits),
      )
      return wrong === undefined ? null : `the hash of ${shown(wrong)} is ${of(wrong)}.`
    },
  )
  const checks = [range]
  if (range.holds) {
    checks.push(...qualities(name, texts, of))
    if (like) checks.push(likeCheck(like, texts, of))
    if (time)
      checks.push(
        remark(
          'speed',
          'speed',
          `${nanosecondsPerKey(hashFunctions[name]).toFixed(0)} ns a key; md5: ${nanosecondsPerKey(hashFunctions.md5).toFixed(0)} ns`,
        ),
      )
  }
  return checksReport(name, 'hash', checks, { like: like ?? null })
}

type Of = (text: string) => number

function qualities(name: HashName, texts: readonly string[], of: Of): Check[] {
  return [
    checked(
      'deterministic',
      'one text has one hash',
      `${formatCount(texts.length)} texts, twice and in reverse`,
      () => {
        const before = texts.map(of)
        const after = [...texts].reverse().map(of).reverse()
        const at = before.findIndex((value, i) => value !== after[i])
        return at < 0 ? null : `the hash of ${shown(texts[at])} is ${before[at]}, and later ${after[at]}.`
      },
    ),
    checked('whole', 'every character counts', `texts of 1 to ${MAX_LENGTH} characters`, () => ignored(of)),
    collisionCheck(name, texts, of),
    balanceCheck(name, texts, of),
    ...mixing(name),
  ]
}

/** Random texts, each once. */
function randomTexts(count: number): string[] {
  const random = createRandom(1, 'texts to hash')
  const texts = new Set<string>()
  while (texts.size < count) {
    const codes = Array.from({ length: 8 + random.below(MAX_LENGTH - 8) }, () => 33 + random.below(94))
    texts.add(String.fromCharCode(...codes))
  }
  return [...texts]
}

/** A place in texts of some length where no other character changes the hash; the shortest one. */
function ignored(of: Of): string | null {
  const random = createRandom(1, 'characters to change')
  for (let length = 1; length <= MAX_LENGTH; length++)
    for (let at = 0; at < length; at++) {
      const texts = Array.from({ length: CHANGED }, () =>
        String.fromCharCode(...Array.from({ length }, () => 97 + random.below(26))),
      )
      const change = (text: string) =>
        `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
      if (texts.every((text) => of(text) === of(change(text))))
        return `${shown(texts[0])} and ${shown(change(texts[0]))} have the hash ${of(texts[0])}: character ${at + 1} of texts of ${length} does not count.`
    }
  return null
}

/** Texts with a hash that another one has, beside what is expected of random values. */
function collisionCheck(name: HashName, texts: readonly string[], of: Of): Check {
  const { bits } = hashFunctions[name]
  const values = new Map<number, string>()
  let collisions = 0
  let example = ''
  for (const text of texts) {
    const value = of(text)
    const other = values.get(value)
    if (other !== undefined) {
      collisions++
      example ||= `${shown(other)} and ${shown(text)} have the hash ${value}`
    } else values.set(value, text)
  }
  // n balls in m bins: m × (1 − (1 − 1/m)^n) bins are not empty; the number of collisions is all but Poisson.
  const [n, m] = [texts.length, 2 ** bits]
  const expected = n + m * Math.expm1(n * Math.log1p(-1 / m))
  const most = Math.ceil(expected + 6 * Math.sqrt(expected) + 3)
  const detail = `${formatCount(collisions)} of ${formatCount(n)} texts collide; random values: ${formatCount(Math.round(expected))}`
  return verdictOf(
    'collisions',
    'no more collisions than chance',
    collisions <= most ? null : `${detail}. ${example}.`,
    detail,
  )
}

function balanceCheck(name: HashName, texts: readonly string[], of: Of): Check {
  const measured = clumping(Uint32Array.from(texts, of), hashFunctions[name].bits)
  const limit = Math.sqrt(chiSquareQuantile(RARE, 63) / 63)
  const detail = `√(χ² ÷ degrees of freedom) over 64 arcs is ${formatFactor(measured)}; chance: 1, at most ${formatFactor(limit)}`
  return verdictOf(
    'balance',
    'random texts are spread evenly',
    measured <= limit ? null : `${detail}.`,
    detail,
  )
}

/** How well it mixes; a hash that mixes poorly is weak, and not wrong. */
function mixing(name: HashName): Check[] {
  const hash = hashFunctions[name]
  const patterns = keyPatterns(KEYS).map(({ example, positions }) => ({
    example,
    by: clumping(positions(hash), hash.bits),
  }))
  const worst = patterns.reduce((a, b) => (b.by > a.by ? b : a))
  const pattern = `the worst is ${worst.example}: ${formatFactor(worst.by)}; random is 1`
  const bits = avalanche(hash, 1)
  const flips = `${formatRatio(bits.avalanche, 1)} of the bits flip; the worst bit ${formatRatio(bits.worstBit, 1)} of the time`
  const judge = (id: string, check: string, isGood: boolean, detail: string) =>
    isGood ? verdictOf(id, check, null, detail) : remark(id, check, `weak: ${detail}`)
  return [
    judge(
      'patterns',
      'keys of a pattern are spread evenly',
      worst.by <= clumpingLimit(patterns.length),
      pattern,
    ),
    judge('avalanche', 'one bit of a key flips half of the hash', isAvalanche(bits.worstBit, 1), flips),
  ]
}

function likeCheck(like: HashName, texts: readonly string[], of: Of): Check {
  const ours = hashFunctions[like]
  return checked('like', `the hashes of ${like}`, `${formatCount(texts.length)} texts`, () => {
    const other = [...texts]
      .sort((a, b) => a.length - b.length)
      .find((text) => of(text) !== hashText(ours.hash, text))
    return other === undefined
      ? null
      : `the hash of ${shown(other)} is ${of(other)}, and ${like}’s is ${hashText(ours.hash, other)}.`
  })
}

const shown = (text: string) => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
