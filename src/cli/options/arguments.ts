import { existsSync } from 'node:fs'
import { closest, distance } from 'fastest-levenshtein'
import { InputError } from '../../input-error.js'
import type { OwnKind } from '../../own/index.js'
import { isOwn, type OwnName } from '../../own-name.js'
import { nodeNames } from '../../placement/index.js'
import { formatBytes, formatTime } from '../../report/format.js'

/**
 * Parses the text after an option; `before` is the value of the option's earlier occurrences. Throws InputError with
 * one line that says what is accepted.
 */
export interface Parse<T> {
  (text: string, flag: string, before?: T): T
  /** The accepted names, for a choice among names. */
  readonly names?: readonly string[]
  /** The names of which a list between commas is made. */
  readonly list?: readonly string[]
  /** What a file may bring instead of a name. */
  readonly own?: OwnKind
  /** Whether the option may be given several times. */
  readonly repeats?: true
  /** The unit of a bare number. */
  readonly unit?: 'ms'
}

const MAX_NODES = 100_000

function refuse(flag: string, accepted: string, text: string, hint = ''): never {
  throw new InputError(`${flag} must be ${accepted}, got ${JSON.stringify(text)}${hint}`)
}

/** A whole number in decimal digits. */
export function wholeNumber(min: number, max: number): Parse<number> {
  return (text, flag) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= min && value <= max)) refuse(flag, `a whole number from ${min} to ${max}`, text)
    return value
  }
}

/** Whole numbers between commas, in ascending order and each once. */
export function wholeNumbers(min: number, max: number): Parse<number[]> {
  return numbers(/^\d+$/, 'whole numbers', min, max)
}

/** A decimal number of at least `min`. */
export function decimal(min: number, max: number): Parse<number> {
  return (text, flag) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= min && value <= max)) refuse(flag, `a number from ${min} to ${max}`, text)
    return value
  }
}

/** Decimal numbers between commas, in ascending order and each once. */
export function decimals(min: number, max: number): Parse<number[]> {
  return numbers(/^\d+(\.\d+)?$/, 'numbers', min, max)
}

function numbers(pattern: RegExp, what: string, min: number, max: number): Parse<number[]> {
  return (text, flag) => {
    const values = text.split(',').map((part) => (pattern.test(part) ? Number(part) : Number.NaN))
    if (!values.every((value) => value >= min && value <= max)) {
      refuse(flag, `${what} from ${min} to ${max} between commas`, text)
    }
    return [...new Set(values)].sort((a, b) => a - b)
  }
}

/** A share greater than 0 and less than 1, as `5%` or `0.05`. */
export const share: Parse<number> = (text, flag) => {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text)
  const value = match ? Number(match[1]) / (match[2] ? 100 : 1) : Number.NaN
  if (!(value > 0 && value < 1)) {
    const hint = match && !match[2] && Number(match[1]) < 100 ? ` (for percent write ${match[1]}%)` : ''
    refuse(
      flag,
      'more than 0% and less than 100%, such as 5% or 0.05',
      text,
      Number(match?.[1]) > 0 ? hint : '',
    )
  }
  return value
}

/** A share, or `auto`. */
export const shareOrAuto: Parse<number | 'auto'> = (text, flag) =>
  text === 'auto' ? text : share(text, flag)

/** A text that isn't empty. */
export const word: Parse<string> = (text, flag) => {
  if (text === '') throw new InputError(`${flag} must not be empty, got ""`)
  return text
}

/** A number where a text is one, true or false, or the text. */
export const anyValue: Parse<string | number | boolean> = (text) => {
  if (text === 'true' || text === 'false') return text === 'true'
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}

/** One of several names; with `own`, a file that brings the like is taken too. */
export function choice<const T extends string>(names: readonly T[]): Parse<T>
export function choice<const T extends string>(names: readonly T[], own: OwnKind): Parse<T | OwnName>
export function choice(names: readonly string[], own?: OwnKind): Parse<string> {
  const accepted = `one of ${names.join(', ')}${own ? ', or a file such as ./mine.ts' : ''}`
  const parse = (text: string, flag: string) =>
    names.includes(text) || (own && isOwn(text))
      ? text
      : refuse(flag, accepted, text, (own && fileNamed(text)) || suggestion(text, names))
  return Object.assign(parse, own ? { names, own } : { names })
}

/** ` (did you mean ./mine.ts?)` where a word is the name of a file of code, without its ending. */
function fileNamed(word: string): string {
  const file = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs']
    .map((ending) => `./${word}.${ending}`)
    .find((name) => existsSync(name))
  return file ? ` (did you mean ${file}?)` : ''
}

/** A file of the user's own; of any kind, where none is given. */
export function ownFile(own?: OwnKind): Parse<OwnName> {
  const parse = (text: string, flag: string) =>
    isOwn(text) ? text : refuse(flag, 'a file such as ./mine.ts', text)
  return own ? Object.assign(parse, { own }) : parse
}

/** ` (did you mean …?)` where one of the names is close to what was typed, else nothing. */
export function suggestion(text: string, names: readonly string[]): string {
  if (text === '') return ''
  const best = closest(text, names)
  const typos = distance(text, best)
  const isClose = best.startsWith(text) || (typos <= Math.max(2, best.length * 0.4) && typos < best.length)
  return isClose ? ` (did you mean ${best}?)` : ''
}

/** A number of nodes, named node-A, node-B, …, or their names between commas. */
export const nodes: Parse<string[]> = (text, flag) => {
  const given = countOrNames(MAX_NODES)(text, flag)
  return typeof given === 'number' ? nodeNames(given) : given
}

/** How many nodes, or their names between commas, each once. */
export function countOrNames(max: number): Parse<number | string[]> {
  return (text, flag) => {
    const accepted = `a whole number from 1 to ${max} or distinct names such as a,b,c`
    if (/^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(text)) {
      const count = /^\d+$/.test(text) ? Number(text) : 0
      if (count < 1 || count > max) refuse(flag, accepted, text)
      return count
    }
    const names = text.split(',')
    if (
      names.length > max ||
      new Set(names).size < names.length ||
      names.some((name) => name.trim() === '')
    ) {
      refuse(flag, accepted, text)
    }
    return names
  }
}

/** Names of nodes between commas, each once. */
export const names: Parse<string[]> = (text, flag) => {
  const given = text.split(',')
  if (new Set(given).size < given.length || given.some((name) => name.trim() === ''))
    refuse(flag, 'distinct names such as node-A,node-B', text)
  return given
}

/** `name=value` pairs from an option that may be given several times; each name once. */
export function pairs<T>(accepted: string, value: Parse<T>): Parse<[string, T][]> {
  const parse: Parse<[string, T][]> = (text, flag, before = []) => {
    const at = text.lastIndexOf('=')
    if (at < 1 || at === text.length - 1) refuse(flag, accepted, text)
    const name = text.slice(0, at)
    if (before.some(([taken]) => taken === name)) throw new InputError(`${flag} names "${name}" twice`)
    return [...before, [name, value(text.slice(at + 1), flag)]]
  }
  return Object.assign(parse, { repeats: true } as const)
}

/** The values of all occurrences of an option, in order. */
export function each<T>(parse: Parse<T>): Parse<T[]> {
  const all: Parse<T[]> = (text, flag, before = []) => [...before, parse(text, flag)]
  return Object.assign(all, { repeats: true } as const)
}

/** Values between commas, in the order given. */
export function list<T>(parse: Parse<T>): Parse<T[]> {
  return (text, flag) => text.split(',').map((part) => parse(part, `each of ${flag}`))
}

/** Names from a list, between commas, or `all` of them, each once, in the order given; with `own`, files too. */
export function choices<T extends string>(names: readonly T[]): Parse<T[]>
export function choices<T extends string>(names: readonly T[], own: OwnKind): Parse<(T | OwnName)[]>
export function choices(names: readonly string[], own?: OwnKind): Parse<string[]> {
  const one = own ? choice(names, own) : choice(names)
  const parse = (text: string, flag: string) => {
    if (text === 'all') return [...names]
    if (text === '') refuse(flag, `names from ${names.join(', ')} between commas, or all`, text)
    return [...new Set(text.split(',').map((name) => one(name, flag)))]
  }
  return Object.assign(parse, own ? { list: names, own } : { list: names })
}

/** How uneven a popularity is: this share of the requests goes to that share of the keys. */
export interface Skew {
  readonly requestShare: number
  readonly keyShare: number
}

/** `80/20`: 80 % of the requests go to 20 % of the keys. */
export const skew: Parse<Skew> = (text, flag) => {
  const match = /^(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)$/.exec(text)
  const [requestShare, keyShare] = match ? [Number(match[1]) / 100, Number(match[2]) / 100] : [0, 0]
  if (!(keyShare > 0 && requestShare > keyShare && requestShare < 1)) {
    refuse(
      flag,
      'requests/keys in percent, such as 80/20, the first the larger and both between 0 and 100',
      text,
    )
  }
  return { requestShare, keyShare }
}

const MILLISECONDS = { us: 0.001, ms: 1, s: 1000, m: 60_000 } as const

/** A time such as `0.5ms`, `2s` or `1m`, in milliseconds. */
export function duration(min: number, max: number): Parse<number> {
  const parse = (text: string, flag: string) => {
    const value = milliseconds(text)
    if (!(value >= min && value <= max)) {
      refuse(flag, `a time from ${formatTime(min)} to ${formatTime(max)}, such as 0.5ms or 2s`, text)
    }
    return value
  }
  return Object.assign(parse, { unit: 'ms' } as const)
}

/** A time in milliseconds; NaN for a text that isn't one. */
export function milliseconds(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(us|ms|s|m)$/.exec(text)
  return match
    ? Number(match[1]) * MILLISECONDS[match[2] as keyof typeof MILLISECONDS]
    : text === '0'
      ? 0
      : Number.NaN
}

const UNITS = {
  ...{ '': 1, B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, PB: 1e15 },
  ...{ KIB: 2 ** 10, MIB: 2 ** 20, GIB: 2 ** 30, TIB: 2 ** 40 },
}

/** A number with a unit, in bytes; NaN for a text that isn't of the accepted form. A kB is 1000 bytes, a KiB 1024. */
export function sizeInBytes(text: string, accepted: RegExp): number {
  if (!accepted.test(text)) return Number.NaN
  const unit = text.replace(/[\d.]/g, '').toUpperCase()
  return Number.parseFloat(text) * UNITS[unit as keyof typeof UNITS]
}

/** A size such as `64GB` or `1.5TB`, in bytes; a kilobyte is 1000. */
export function bytes(min: number, max: number): Parse<number> {
  return (text, flag) => {
    const value = sizeInBytes(text, /^\d+(\.\d+)?[KMGTP]?B$/i)
    if (!(value >= min && value <= max))
      refuse(flag, `a size from ${formatBytes(min)} to ${formatBytes(max)}, such as 10GB`, text)
    return value
  }
}
