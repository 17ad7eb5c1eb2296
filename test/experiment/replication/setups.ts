import { type HistorySetup, historyDefaults } from '../../../src/experiment/replication/history.js'
import type { PhasesOptions } from '../../../src/experiment/replication/setup.js'
import { positionsOf } from '../../../src/experiment/replication/setup.js'
import { nodeNames } from '../../../src/placement/index.js'
import type { Finding, Report } from '../../../src/report/index.js'

/** A small cluster on which much can happen in little time. */
export const small: HistorySetup = {
  ...historyDefaults,
  ...{ nodes: nodeNames(4), seed: undefined, keys: 20, replicas: 3, writeQuorum: 2, readQuorum: 2 },
  ...{ hints: false, capacity: undefined, faults: [], duration: 3000, rate: 300, readRatio: 0.5 },
}

export const positions = await positionsOf(small)

/** The lesson's three nodes. */
export const lesson: PhasesOptions = {
  ...small,
  ...{
    nodes: nodeNames(3),
    keys: 10_000,
    replicas: 2,
    writeQuorum: 2,
    readQuorum: 1,
    remember: 0,
    kills: [],
  },
}

/** The rows of one of a report's tables. */
export function rows(report: Report, table: string) {
  return report.tables.find(({ name }) => name === table)!.rows
}

export function finding(report: Report, id: string): Finding | undefined {
  return report.findings.find((candidate) => candidate.id === id)
}
