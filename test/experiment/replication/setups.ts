import { type HistorySetup, historyDefaults } from '../../../src/experiment/replication/history.js'
import { positionsOf } from '../../../src/experiment/replication/setup.js'
import { nodeNames } from '../../../src/placement/index.js'

/** A small cluster on which much can happen in little time. */
export const small: HistorySetup = {
  ...historyDefaults,
  ...{ nodes: nodeNames(4), seed: undefined, keys: 20, replicas: 3, writeQuorum: 2, readQuorum: 2 },
  ...{ hints: false, capacity: undefined, faults: [], duration: 3000, rate: 300, readRatio: 0.5 },
}

export const positions = await positionsOf(small)
