import { eventFlags, eventLetters } from './notifications.js'
import { floatIn, integerIn } from './numbers.js'
import rows from './parameters.json' with { type: 'json' }

type Kind = keyof typeof kinds

/** What is known of a parameter of Redis's configuration. */
export interface Parameter {
  readonly kind: Kind
  /** Its text in a server without a configuration file. */
  readonly default: string
  /** Its older name, which works as well. */
  readonly alias?: string
  readonly flag?: 'immutable' | 'hidden' | 'protected'
  /** Whether logs must not show its value. */
  readonly isSecret?: boolean
  /** The least and the largest number; by default 0 and 2⁶³ - 1. */
  readonly range?: readonly (number | string)[]
  /** The words of an enumeration. */
  readonly of?: readonly string[]
}

/** All parameters of Redis 7.0.15 by their names. */
export const parameters = rows as unknown as Readonly<Record<string, Parameter>>

/** What is wrong with a value. */
export class Refused {
  constructor(readonly reason: string) {}
}

/** Hard and soft limits of the bytes that wait for clients of a class, and how long the soft limit may be passed. */
export interface BufferLimit {
  readonly hard: number
  readonly soft: number
  readonly softSeconds: number
}

const refuse = (reason: string): never => {
  throw new Refused(reason)
}

function withinRange(value: bigint, { range = [0, '9223372036854775807'] }: Parameter): string {
  if (value < BigInt(range[0]) || value > BigInt(range[1]))
    refuse(`argument must be between ${range[0]} and ${range[1]} inclusive`)
  return String(value)
}

const UNITS = new Map(
  Object.entries({ '': 1, b: 1, k: 1000, kb: 1024, m: 1e6, mb: 1024 ** 2, g: 1e9, gb: 1024 ** 3 }),
)

const LARGEST = 2n ** 64n - 1n

/** Bytes in a text such as 64mb; undefined for anything else. As in C, digits stop at 2⁶⁴ - 1, and the product wraps. */
export function memoryIn(text: string): bigint | undefined {
  const [, digits, unit] = /^(\d{0,127})([a-z]*)$/i.exec(text) ?? []
  const factor = unit === undefined ? undefined : UNITS.get(unit.toLowerCase())
  if (factor === undefined) return undefined
  const number = BigInt(digits)
  return BigInt.asUintN(64, (number < LARGEST ? number : LARGEST) * BigInt(factor))
}

const oneOf = ({ of = [] }: Parameter): never =>
  refuse(`argument(s) must be one of the following: ${of.join(', ')}`)

const choice = (text: string, parameter: Parameter): string =>
  parameter.of?.find((word) => word === text.toLowerCase()) ?? oneOf(parameter)

/** Several words of an enumeration, whose first one stands for none of the others. */
function choices(text: string, parameter: Parameter): string {
  const [none, ...others] = parameter.of ?? []
  const chosen = text.split(' ').map((word) => choice(word, parameter))
  if (chosen.includes('save') && chosen.includes('nosave'))
    refuse("shutdown options SAVE and NOSAVE can't be used simultaneously")
  return others.filter((word) => chosen.includes(word)).join(' ') || none
}

function save(text: string): string {
  if (text === '') return ''
  const numbers = text.split(' ').map((word) => (/^[-+]?\d+$/.test(word) ? Number(word) : Number.NaN))
  if (numbers.length % 2 === 1 || numbers.some((value, i) => !(value >= (i % 2 === 0 ? 1 : 0))))
    refuse('Invalid save parameters')
  return numbers.join(' ')
}

function adjustments(text: string): string {
  const values = text.split(' ')
  if (values.length !== 3) refuse('wrong number of arguments')
  if (!values.every((value) => /^[-+]?\d+$/.test(value) && Math.abs(Number(value)) <= 2000))
    refuse('Invalid oom-score-adj-values, elements must be between -2000 and 2000.')
  return values.map(Number).join(' ')
}

function percentiles(text: string): string {
  if (text === '') return ''
  const values = text
    .split(' ')
    .map((word) => floatIn(word) ?? refuse('Invalid latency-tracking-info-percentiles parameters'))
  if (values.some((value) => value > 100 || value < 0))
    refuse('latency-tracking-info-percentiles parameters should sit between [0.0,100.0]')
  return values.map((value) => Number(value.toFixed(6))).join(' ')
}

/** Seconds as an int of C has them; negative for what is none. */
const secondsIn = (text: string) =>
  /^\+?\d+$/.test(text) && Number(text) < 2 ** 63 ? Number(BigInt.asIntN(32, BigInt(text))) : -1

const CLASSES = ['normal', 'slave', 'pubsub'] as const

/** Limits by class, those that a text doesn't name as they were. */
function bufferLimits(text: string, _: Parameter, before: string): string {
  const words = text === '' ? [] : text.split(' ')
  if (words.length % 4 !== 0) refuse('Wrong number of arguments in buffer limit configuration.')
  const limits = bufferLimitsIn(before)
  for (let i = 0; i < words.length; i += 4) {
    const name = words[i].toLowerCase().replace('replica', 'slave') as (typeof CLASSES)[number]
    if (!CLASSES.includes(name)) refuse('Invalid client class specified in buffer limit configuration.')
    const [hard, soft] = [memoryIn(words[i + 1]), memoryIn(words[i + 2])]
    const softSeconds = secondsIn(words[i + 3])
    if (hard === undefined || soft === undefined || softSeconds < 0)
      return refuse('Error in hard, soft or soft_seconds setting in buffer limit configuration.')
    limits[name] = { hard: Number(hard), soft: Number(soft), softSeconds }
  }
  return CLASSES.map((name) => `${name} ${Object.values(limits[name]).join(' ')}`).join(' ')
}

function bufferLimitsIn(text: string): Record<(typeof CLASSES)[number], BufferLimit> {
  const words = text.split(' ')
  const limitAt = (i: number) => {
    const [hard, soft, softSeconds] = words.slice(i, i + 3).map(Number)
    return { hard, soft, softSeconds }
  }
  return { normal: limitAt(1), slave: limitAt(5), pubsub: limitAt(9) }
}

/**
 * How values of each kind are read: the text that is kept, as CONFIG GET returns it. They throw `Refused` for a value
 * that can't be.
 */
const kinds = {
  boolean: (text: string) =>
    /^(yes|no)$/i.test(text) ? text.toLowerCase() : refuse("argument must be 'yes' or 'no'"),
  text: (text: string) => text,
  choice,
  choices,
  number: (text: string, parameter: Parameter): string =>
    withinRange(integerIn(text) ?? refuse("argument couldn't be parsed into an integer"), parameter),
  /** Times a second. */
  frequency: (text: string, parameter: Parameter) =>
    String(Math.min(Math.max(Number(kinds.number(text, parameter)), 1), 500)),
  memory: (text: string, parameter: Parameter) =>
    withinRange(memoryIn(text) ?? refuse('argument must be a memory value'), parameter),
  share: (text: string) => {
    if (/^\d+%$/.test(text))
      return parseInt(text, 10) <= 100 ? text : refuse('percentage argument must be less or equal to 100')
    return String(memoryIn(text) ?? refuse('argument must be a memory or percent value'))
  },
  save,
  adjustments,
  percentiles,
  'buffer-limits': bufferLimits,
  events: (text: string) =>
    eventLetters(eventFlags(text) ?? refuse("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.")),
}

/** The text that is kept for a value; `before` is the one kept so far. Throws Refused. */
export function readParameter(name: string, text: string, before: string): string {
  const parameter = parameters[name]
  const kept = kinds[parameter.kind](text, parameter, before)
  const reason = kept === before ? undefined : checks[name]?.(kept)
  return reason === undefined ? kept : refuse(reason)
}

/** A kept text as the code uses it. */
export function typedValue({ kind }: Parameter, text: string): unknown {
  if (kind === 'boolean') return text === 'yes'
  if (kind === 'number' || kind === 'memory' || kind === 'frequency') return Number(text)
  if (kind === 'events') return eventFlags(text)
  if (kind === 'buffer-limits') return bufferLimitsIn(text)
  if (kind === 'percentiles') return text === '' ? [] : text.split(' ').map(Number)
  return text
}

const NO_TLS = 'Unable to update TLS configuration. Check server logs.'
const LONGEST_HOSTNAME = 255
const TITLE = /\{\{|\{(title|listen-addr|server-mode|port|tls-port|unixsocket|config-file)\}|[^{]/g

/** What some parameters refuse besides; a server here has one address, and no TLS. */
const checks: Readonly<Record<string, (text: string) => string | undefined>> = {
  activedefrag: () =>
    'Active defragmentation cannot be enabled: it requires a Redis server compiled with a modified Jemalloc like the one shipped by default with the Redis source distribution',
  bind: () => 'Failed to bind to specified addresses.',
  port: () => 'Unable to listen on this port. Check server logs.',
  'tls-port': () => NO_TLS,
  'tls-cluster': () => NO_TLS,
  'tls-replication': () => NO_TLS,
  'cluster-announce-hostname': (text) => {
    if (text.length > LONGEST_HOSTNAME) return 'Hostnames must be less than 256 characters'
    return /^[-.\w]*$/.test(text) && !text.includes('_')
      ? undefined
      : 'Hostnames may only contain alphanumeric characters, hyphens or dots'
  },
  'proc-title-template': (text) => {
    const expanded = text.replace(TITLE, (part, name) => (/listen|port/.test(name) ? 'x' : name ? '' : part))
    return text.replace(TITLE, '') === '' && expanded.trim() !== ''
      ? undefined
      : 'template format is invalid or contains unknown variables'
  },
}
