/** A number as a person typed it. */
export interface ReadNumber {
  readonly value: number
  /** What was said after it, as this module spells it: `%`, `ms`, `MB`; of a fraction such as "a third" `share`. */
  readonly unit?: string
}

const SMALL = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen ' +
  'sixteen seventeen eighteen nineteen'
).split(' ')
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...SMALL.map((word, i) => [word, i] as const),
  ...TENS.map((word, i) => [word, 10 * (i + 2)] as const),
  ...(['none', 'nothing', 'never'] as const).map((word) => [word, 0] as const),
  ['once', 1],
  ['twice', 2],
])
const SCALES: ReadonlyMap<string, number> = new Map([
  ['dozen', 12],
  ['hundred', 100],
  ['thousand', 1000],
  ['k', 1000],
  ['million', 1e6],
])
const PARTS = new Map(
  'half third quarter fifth sixth seventh eighth ninth tenth'
    .split(' ')
    .map((word, i) => [word, i + 2] as const),
)
const HEDGES =
  /\b(about|around|roughly|nearly|almost|approximately|approx|circa|ca|some|maybe|perhaps|it|is|i|think|say|only|just)\b\.?|[~≈]/g

/** Units as typed, and how they are written. Those of one family can be converted: a value × factor is in the first. */
const FAMILIES: readonly (readonly (readonly [unit: string, factor: number, typed: string])[])[] = [
  [
    ['ms', 1, 'ms|millis|milliseconds?'],
    ['µs', 0.001, 'µs|μs|us|microseconds?'],
    ['s', 1000, 's|secs?|seconds?'],
    ['min', 60_000, 'min|minutes?'],
  ],
  [
    ['B', 1, 'b|bytes?'],
    ['kB', 1e3, 'kb|kilobytes?'],
    ['KiB', 1024, 'kib'],
    ['MB', 1e6, 'mb|megabytes?'],
    ['MiB', 1024 ** 2, 'mib'],
    ['GB', 1e9, 'gb|gigabytes?'],
    ['GiB', 1024 ** 3, 'gib'],
  ],
  [
    ['%', 0.01, '%|percent|per cent|pct'],
    ['share', 1, 'share'],
  ],
]
const UNITS = FAMILIES.flat().map(([unit, , typed]) => [unit, new RegExp(`^(${typed})(?!\\w)`)] as const)

/** The number in what somebody typed: digits or words, with a unit or without; undefined if there is none to be read. */
export function readNumber(typed: string): ReadNumber | undefined {
  const text = typed
    .toLowerCase()
    .replace(/\bper cent\b/g, 'percent')
    .replace(HEDGES, ' ')
    .trim()
    .replace(/[.!?]$/, '')
  return fraction(text) ?? digits(text) ?? words(text)
}

/** `3/4`, `4 of 5`, `one in five`, `a third`, `two thirds`. */
function fraction(text: string): ReadNumber | undefined {
  const ratio = /^([\w.]+)\s*(?:\/|of|in|out of)\s*([\w.]+)(?:\s+\w+)?$/.exec(text)
  if (ratio) {
    const [over, under] = [plain(ratio[1]), plain(ratio[2])]
    if (over !== undefined && under) return { value: over / under, unit: 'share' }
  }
  const spoken = /^(?:(\w+)[\s-]+)?(\w+?)s?(?:\s+of\b.*)?$/.exec(
    text.replace(/\bhalves\b/, 'half').replace(/\bthe\s+/, ''),
  )
  const part = spoken && PARTS.get(spoken[2])
  const count = /^an?$/.test(spoken?.[1] ?? 'a') ? 1 : plain(spoken![1])
  return part && count !== undefined ? { value: count / part, unit: 'share' } : undefined
}

const plain = (text: string): number | undefined =>
  /^\d+(\.\d+)?$/.test(text) ? Number(text) : NUMBERS.get(text)

/** `1,970`, `1 970`, `79.76%`, `79,76 %`, `2k`, `50 ms`, `2,910 keys`. */
function digits(text: string): ReadNumber | undefined {
  const found = /^([-−+]?)(\d[\d\s,_'’.]*|\.\d+)(?:e(\d+))?\s*(.*)$/.exec(text)
  if (!found) return undefined
  const number = found[2]
    .trim()
    .replace(/[\s,_'’](?=\d{3}(?!\d))/g, '')
    .replace(/,(?=\d+$)/, '.')
  if (!/^\d*\.?\d*$/.test(number)) return undefined
  const value = Number(`${number}e${found[3] ?? 0}`) * (found[1] === '-' || found[1] === '−' ? -1 : 1)
  const [first = '', ...rest] = found[4].split(/\s+/)
  const scale = SCALES.get(first)
  return scale === undefined ? withUnit(value, found[4]) : withUnit(value * scale, rest.join(' '))
}

/** `twenty-five percent`, `two thousand keys`. */
function words(text: string): ReadNumber | undefined {
  const tokens = text.replace(/\ban? (?=hundred|thousand|million|dozen)/g, 'one ').split(/[\s-]+/)
  let total = 0
  let current: number | undefined
  let read = 0
  for (; read < tokens.length; read++) {
    const [number, scale] = [NUMBERS.get(tokens[read]), SCALES.get(tokens[read])]
    if (number !== undefined) current = (current ?? 0) + number
    else if (scale === 100) current = (current ?? 1) * 100
    else if (scale !== undefined) {
      total += (current ?? 1) * scale
      current = 0
    } else if (tokens[read] !== 'and') break
  }
  return current === undefined ? undefined : withUnit(total + current, tokens.slice(read).join(' '))
}

function withUnit(value: number, rest: string): ReadNumber {
  const unit = UNITS.find(([, typed]) => typed.test(rest))?.[0]
  return unit === undefined ? { value } : { value, unit }
}

/**
 * A number in a unit: `0.8 s` in `ms` is 800, `a third` in `%` is 33.3, and a bare number is in that unit. Undefined where
 * it can't be said: seconds in bytes, a share of nothing known.
 */
export function inUnit({ value, unit }: ReadNumber, wanted: string | undefined): number | undefined {
  if (unit === undefined || unit === wanted) return value
  const family = FAMILIES.find((units) => units.some(([name]) => name === wanted))
  const [from, to] = [unit, wanted].map((name) => family?.find((one) => one[0] === name)?.[1])
  return from === undefined || to === undefined ? undefined : (value * from) / to
}
