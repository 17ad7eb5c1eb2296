import { createRandom, type Random } from '../../random/random.js'
import type { Argv, Result } from '../../redis-deployment/messages/protocol.js'
import type { Ledger } from '../../redis-deployment/nodes/ledger.js'
import { start as begin, type Task } from '../../simulation/task.js'
import type { Clock } from '../../simulation/transport.js'
import type { Done } from './intervals.js'

/** Requests that clients send. Times are milliseconds. */
export interface Load {
  readonly clock: Clock & { at(time: number, action: () => void): void }
  /** When they begin, and how long they come. */
  readonly start: number
  readonly duration: number
  /** Requests a second of all clients together. */
  readonly rate: number
  readonly readRatio: number
  readonly clients: number
  readonly seed: number
  readonly ledger: Ledger
  run(client: number, words: Argv): Task<Result>
  /** Is told of each that has ended, with times from the start on. */
  done(request: Done): void
}

/** Lets requests come by chance: writes of new keys, and reads of any that has been acknowledged. */
export function sendRequests(load: Load): void {
  const { clock, ledger, start, duration, rate, readRatio } = load
  const random = createRandom(load.seed, 'requests')
  const arrive = (): void => {
    const client = random.below(load.clients)
    const read = random.next() < readRatio ? ledger.any(random) : undefined
    send(client, read)
    plan()
  }
  const send = (client: number, read: number | undefined): void => {
    const write = read === undefined ? ledger.begin() : undefined
    const key = ledger.keyOf(read ?? write!)
    const began = clock.now - start
    const words = write === undefined ? ['GET', key] : ['SET', key, String(write)]
    begin(load.run(client, words), (result) => {
      if (write !== undefined && 'reply' in result) ledger.acknowledge(write)
      load.done({
        began,
        key,
        ended: clock.now - start,
        kind: write === undefined ? 'read' : 'write',
        error: 'error' in result ? result.error : undefined,
        isFound: write === undefined && 'reply' in result && result.reply !== null,
      })
    })
  }
  const plan = (): void => {
    const at = clock.now + nextGap(random, rate)
    if (at < start + duration) clock.at(at, arrive)
  }
  plan()
}

/** Milliseconds to the next of requests that come by chance, so many a second on average. */
export function nextGap(random: Random, rate: number): number {
  return (-Math.log(1 - random.next()) / rate) * 1000
}
