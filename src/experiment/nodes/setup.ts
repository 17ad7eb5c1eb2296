import type { Fault } from '../../simulation/faults.js'

/** Redis nodes in virtual time, the network between them, what clients send and what breaks. Times are milliseconds. */
export interface NodesSetup {
  readonly clients: number
  readonly minReplicasToWrite: number
  readonly minReplicasMaxLag: number
  readonly hop: number
  readonly jitter: number
  readonly service: number
  /** How far replicas are behind: what a master has not passed on dies with it. */
  readonly lag: number
  /** After which a client gives up. */
  readonly timeout: number
  readonly duration: number
  /** Requests a second of all clients together. */
  readonly rate: number
  readonly readRatio: number
  readonly seed: number
  readonly faults: readonly Fault[]
}

export const nodesDefaults = {
  clients: 1,
  minReplicasToWrite: 0,
  minReplicasMaxLag: 10_000,
  hop: 0.5,
  jitter: 0.1,
  service: 0.02,
  lag: 10,
  timeout: 200,
  duration: 20_000,
  rate: 2000,
  readRatio: 0.5,
  seed: 1,
  faults: [],
} as const satisfies NodesSetup
