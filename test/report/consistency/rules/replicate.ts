import { all, cell, oneRow, parameter, type Rule, rows, sum } from './values.js'

export const replicateRules: Record<string, Rule> = {
  'replicate copies': (report, { ok }) => {
    // Of real servers, beside the simulated ones.
    if (rows(report, 'copies').some(({ found }) => found !== undefined))
      return {
        measured: sum(all(report, 'copies', 'found')),
        expected: sum(all(report, 'copies', 'copies')),
      }
    return {
      measured: sum(all(report, 'copies', 'total')),
      expected: ok === undefined ? undefined : parameter(report, 'keys') * parameter(report, 'replicas'),
    }
  },
  'replicate lost': (report, { text, expected }) => ({
    measured: cell(
      rows(report, 'availability').find(({ phase }) => text.startsWith(`${phase}:`)),
      'lost',
    ),
    // By the ring, which is in no table.
    expected,
  }),
  'replicate hops': (report, { text, expected }) => ({
    measured: cell(
      rows(report, 'latency').find(({ phase }) => text.startsWith(`${phase}:`)),
      'meanHops',
    ),
    expected,
  }),
  'replicate amplification': (report) => {
    const replicas = parameter(report, 'replicas')
    const row = rows(report, 'writes').find((one) => one.replicas === replicas)
    return { measured: cell(row, 'amplification'), expected: replicas }
  },
  'replicate sweep safe': (report) => ({
    measured: Math.max(
      0,
      ...rows(report, 'loss').flatMap(({ replicas, killed, worst }) =>
        Number(killed) < Number(replicas) ? Number(worst) : [],
      ),
    ),
    expected: 0,
  }),
  'replicate sweep formula': (report) => {
    const nodes = parameter(report, 'nodes')
    const ways = (count: number) =>
      Array.from({ length: count }, (_, i) => i).reduce((product, i) => (product * (nodes - i)) / (i + 1), 1)
    const complete = rows(report, 'loss').filter(
      ({ killed }) => Math.round(ways(Number(killed))) <= parameter(report, 'samples'),
    )
    return {
      measured: Math.max(
        0,
        ...complete.map(({ lost, expected }) => Math.abs(Number(lost) - Number(expected))),
      ),
      expected: 0,
    }
  },
  'replicate sweep worst': oneRow('loss', 'worst', 'expected'),
  'replicate timeline service': 'the time of each failure is in no table',
  'replicate timeline stale': (report) => ({ measured: sum(all(report, 'timeline', 'stale')) }),
  'replicate timeline gone': (report) => ({ measured: sum(all(report, 'timeline', 'gone')) }),
  'replicate timeline replication': 'copies of keys are in no table',
  'replicate timeline fresh': 'flaws of promises are in no table',
  'replicate timeline writable': 'flaws of promises are in no table',
  'replicate timeline survives-*': 'flaws of promises are in no table',
  'replicate timeline converges': 'flaws of promises are in no table',
  'replicate scale moved': (report) => {
    const row = rows(report, 'scale').find(
      ({ placement, change }) => placement === 'ring' && /^\+/.test(String(change)),
    )
    return { measured: cell(row, 'movedShare'), expected: 1 / (parameter(report, 'nodes') + 1) }
  },
  'replicate scale misses': (report, { expected }) => {
    const row = rows(report, 'scale').find(
      ({ placement, change, warming }) => placement === 'ring' && /^\+/.test(String(change)) && !warming,
    )
    const [keys, requests] = [parameter(report, 'keys'), parameter(report, 'requests')]
    const missing = Number(row?.moved) * (1 - (1 - 1 / keys) ** requests)
    return { measured: cell(row, 'misses'), expected: expected === undefined ? undefined : missing }
  },
  'replicate scale warming': (report) => ({
    measured: cell(
      rows(report, 'scale').find(
        ({ placement, change, warming }) => placement === 'ring' && /^\+/.test(String(change)) && warming,
      ),
      'misses',
    ),
  }),
  'replicate check *': (report, { id, text, ok }) => {
    const row = rows(report, 'promises').find(
      ({ mode, promise }) => id.startsWith(`${mode}-`) && text.includes(String(promise)),
    )
    return { measured: cell(row, 'broken'), expected: ok === false ? 0 : undefined }
  },
}
