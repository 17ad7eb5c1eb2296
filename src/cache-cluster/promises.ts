import type { Flaw, FlawFound } from './audit.js'
import type { WriteMode } from './client.js'

/** The part of a cluster's setup that its promises depend on. */
export interface PromiseSetup {
  readonly mode: WriteMode
  readonly replicas: number
  readonly writeQuorum: number
  readonly readQuorum: number
}

/** A guarantee that users of a cache cluster want. */
export interface ClusterPromise {
  readonly id: string
  readonly text: string
  /** The flaws that break it, unless more nodes were lost between repairs than it allows. */
  readonly flaws: readonly Flaw[]
  readonly losses: number
  /** Whether a mode is meant to keep it. */
  readonly isMeant: boolean
}

/** How many owners have a write when it is acknowledged. */
export function copiesAcknowledged({ mode, replicas, writeQuorum }: PromiseSetup): number {
  return mode === 'sync' ? replicas : mode === 'async' ? 1 : writeQuorum
}

/** Every promise, and whether a setup means to keep it. */
export function promisesOf(setup: PromiseSetup): ClusterPromise[] {
  const { replicas } = setup
  const written = copiesAcknowledged(setup)
  const read = setup.mode === 'quorum' ? setup.readQuorum : 1
  const survives = (losses: number): ClusterPromise => ({
    id: `survives-${losses}`,
    text: `An acknowledged write survives the loss of ${losses === 1 ? 'one node' : `${losses} nodes`} between repairs.`,
    flaws: ['lost'],
    losses,
    isMeant: written > losses,
  })
  return [
    ...(replicas > 1 ? [survives(1)] : []),
    ...(replicas > 2 ? [survives(replicas - 1)] : []),
    {
      id: 'fresh',
      text: 'A read that succeeds is never older than the last write acknowledged before it.',
      flaws: ['stale', 'gone'],
      losses: written - 1,
      isMeant: written + read > replicas,
    },
    {
      id: 'writable',
      text: 'Writes go on while one node is out of order.',
      flaws: ['unwritable'],
      losses: Infinity,
      isMeant: written < replicas,
    },
    {
      id: 'copies',
      text: 'After repair every key is on exactly its owners.',
      flaws: ['too few copies', 'too many copies', 'stray copy'],
      losses: Infinity,
      isMeant: true,
    },
    {
      id: 'honest',
      text: 'Nothing is read that was never written.',
      flaws: ['invented'],
      losses: Infinity,
      isMeant: true,
    },
    {
      id: 'ends',
      text: 'Every request ends, within its timeouts.',
      flaws: ['endless'],
      losses: Infinity,
      isMeant: true,
    },
  ]
}

/** The flaws that break a promise. */
export function broken(promise: ClusterPromise, flaws: readonly FlawFound[]): FlawFound[] {
  return flaws.filter(({ flaw, losses }) => promise.flaws.includes(flaw) && losses <= promise.losses)
}
