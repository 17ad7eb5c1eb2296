import { InputError } from '../../input-error.js'
import { formatTime } from '../../report/format.js'
import { decimal, duration, suggestion } from './arguments.js'
import { option } from './declare.js'
import { seedOption } from './ring.js'

/** Options of requests in virtual time, shared by all labs that simulate it. */

const HOUR = 3_600_000
const MAX_REQUESTS = 20_000_000

/** A time; the default is in milliseconds. */
export const timeOption = (what: string, initial: number, min = 0, max = HOUR) =>
  option('<time>', what, duration(min, max), initial, formatTime(initial))

export const rateOption = (initial: number, max = 1_000_000) =>
  option('<number>', 'requests a second', decimal(0.001, max), initial)

export const shareOption = (what: string, initial: number) => option('<number>', what, decimal(0, 1), initial)

export const readRatioOption = (initial: number) => shareOption('share of the requests that read', initial)

/** Throws InputError if a history would have too many requests. */
export function checkRequests(
  { rate, duration: time }: { rate: number; duration: number },
  most = MAX_REQUESTS,
): void {
  const requests = Math.round((rate * time) / 1000)
  if (requests <= most) return
  throw new InputError(`--rate × --duration must be at most ${most} requests, got ${requests}`)
}

/** Some 500 bytes each. */
const MAX_COPIES = 600_000

/**
 * Throws InputError if nodes would have to keep too much in memory: each write makes a key, of which there are so many
 * copies, as there are of the keys at the start.
 */
export function checkCopies(
  { rate, duration: time, readRatio }: { rate: number; duration: number; readRatio: number },
  copies: number,
  keys = 0,
  most = MAX_COPIES,
): void {
  const kept = Math.round(keys + (rate * time * (1 - readRatio)) / 1000) * copies
  if (kept <= most) return
  throw new InputError(
    `${keys > 0 ? '(--keys + ' : ''}--rate × --duration × (1 − --read-ratio)${keys > 0 ? ')' : ''} × (--replicas + 1) must be at most ${most} keys in memory, got ${kept}`,
  )
}

/** The number of a node by its name. Throws InputError if there is none. */
export function nodeNumber(flag: string, name: string, nodes: readonly string[]): number {
  const node = nodes.indexOf(name)
  if (node >= 0) return node
  const known = nodes.length <= 10 ? ` (nodes: ${nodes.join(', ')})` : ''
  throw new InputError(`${flag}: there is no node ${JSON.stringify(name)}${suggestion(name, nodes) || known}`)
}

/** What `nodeOptions` has defaults for. */
export type NodeDefaults = Record<
  'hop' | 'jitter' | 'service' | 'lag' | 'timeout' | 'duration' | 'rate' | 'readRatio' | 'seed',
  number
>

/** How long messages and work take on simulated Redis nodes, and what their clients send. */
export const nodeOptions = (initial: NodeDefaults) => ({
  hop: timeOption('round trip to another machine', initial.hop),
  jitter: timeOption('largest random delay that is added to each way', initial.jitter),
  service: timeOption('time that a node takes for a command', initial.service),
  lag: timeOption('delay before a master sends a write to its replicas', initial.lag),
  timeout: timeOption('time after which a client gives up', initial.timeout, 1),
  duration: timeOption('how long clients send requests', initial.duration, 1000),
  rate: rateOption(initial.rate),
  readRatio: readRatioOption(initial.readRatio),
  seed: seedOption(undefined, initial.seed),
})
