import { type Command, Option } from 'commander'
import { InputError } from '../../input-error.js'
import { formatTime } from '../../report/format.js'
import { decimal, duration, suggestion, wholeNumber } from './arguments.js'

/** Options of requests that run while time passes, shared by all labs that simulate it. */

const HOUR = 3_600_000
const MAX_REQUESTS = 20_000_000

export function timeOption(flag: string, what: string, initial: number, min = 0): Option {
  return new Option(`${flag} <time>`, what)
    .default(initial, formatTime(initial))
    .argParser(duration(flag, min, HOUR))
}

export function rateOption(command: Command, rate: number, most = 1_000_000): Command {
  return command.addOption(
    new Option('--rate <number>', 'requests a second')
      .default(rate)
      .argParser(decimal('--rate', 0.001, most)),
  )
}

export function readRatioOption(command: Command, share: number): Command {
  return command.addOption(
    new Option('--read-ratio <number>', 'share of the requests that read')
      .default(share)
      .argParser(decimal('--read-ratio', 0, 1)),
  )
}

/** Throws InputError where one history would have too many requests. */
export function checkRequests({ rate, duration: time }: { rate: number; duration: number }): void {
  const requests = Math.round((rate * time) / 1000)
  if (requests <= MAX_REQUESTS) return
  throw new InputError(`--rate × --duration must be at most ${MAX_REQUESTS} requests, got ${requests}`)
}

/** The number of a node by its name. Throws InputError if there is none. */
export function nodeNumber(flag: string, name: string, nodes: readonly string[]): number {
  const node = nodes.indexOf(name)
  if (node >= 0) return node
  const known = nodes.length <= 10 ? ` (nodes: ${nodes.join(', ')})` : ''
  throw new InputError(`${flag}: there is no node ${JSON.stringify(name)}${suggestion(name, nodes) || known}`)
}

/** What `nodeOptions` reads from the command line. */
export interface NodeFlags {
  hop: number
  jitter: number
  service: number
  lag: number
  timeout: number
  duration: number
  rate: number
  readRatio: number
  seed: number
}

/** How long messages and work take on simulated Redis nodes, and what their clients send. */
export function nodeOptions(command: Command, initial: NodeFlags): Command {
  const timed = command
    .addOption(timeOption('--hop', 'to another machine and back', initial.hop))
    .addOption(timeOption('--jitter', 'each way takes up to so much longer, at random', initial.jitter))
    .addOption(timeOption('--service', 'a node works so long on a command', initial.service))
    .addOption(timeOption('--lag', 'until a master passes on what it did', initial.lag))
    .addOption(timeOption('--timeout', 'until a client gives up', initial.timeout, 1))
    .addOption(timeOption('--duration', 'how long requests come', initial.duration, 1000))
  return readRatioOption(rateOption(timed, initial.rate), initial.readRatio).addOption(
    new Option('--seed <number>', 'seed of times and requests')
      .default(initial.seed)
      .argParser(wholeNumber('--seed', 0, Number.MAX_SAFE_INTEGER)),
  )
}
