import { errors, LEDGER, step, writesOfALag } from './failover.js'
import { all, cell, parameter, type Rule, rows, sum, time } from './values.js'

const moves: Record<string, Rule> = {
  slots: (report, { measured }) => ({
    // All moves are done unless the run was too short, which its own finding says.
    measured:
      report.findings.find(({ id }) => id === 'time')?.ok === false
        ? measured
        : sum(all(report, 'nodes', 'taken')),
    expected: Math.round(Number(cell(rows(report, 'placements')[0], 'ideal')) * 16384),
  }),
  time: 'the moves’ times are in no table',
  redirections: 'redirections are in no table',
  errors: (report) => ({ measured: sum(all(report, 'timeline', 'errors')), expected: 0 }),
  lost: LEDGER,
}

export const clusterRules: Record<string, Rule> = {
  'cluster failover step-*': step,
  'cluster failover errors': errors,
  'cluster failover lost': (report, { measured, expected }) => ({
    measured,
    expected: expected === undefined ? undefined : writesOfALag(report) / parameter(report, 'masters'),
  }),
  'cluster failover messages': 'messages are in no table',
  'cluster failover minority': 'a node’s state is in no table',
  'cluster failover others': (report) => {
    const [{ event }] = rows(report, 'faults')
    const gaps = rows(report, 'slots').filter(({ node }) => !String(event).includes(String(node)))
    return { measured: Math.max(0, ...gaps.map(({ gap }) => Number(gap))) }
  },
  'cluster failover outage': (report, { measured }) => {
    const nodeTimeout = time(report, 'nodeTimeout')
    return {
      measured: cell(
        rows(report, 'slots').find(({ gap }) => gap === measured),
        'gap',
      ),
      expected: (nodeTimeout + 500 + nodeTimeout * 2 + 1300) / 2,
    }
  },
  ...Object.fromEntries(
    ['reshard', 'add-node', 'remove-node'].flatMap((command) =>
      Object.entries(moves).map(([id, rule]) => [`cluster ${command} ${id}`, rule]),
    ),
  ),
  'cluster compare *': 'its cells are texts',
  'cluster create ranges': (report) => ({
    measured: Math.max(...rows(report, 'nodes').map(({ count }) => Number(count))),
    expected: Math.ceil(16384 / parameter(report, 'masters')),
  }),
  'cluster create apart': (report) => {
    const hostOf = new Map(rows(report, 'nodes').map(({ node, host }) => [node, host]))
    return {
      measured: rows(report, 'nodes').filter(
        ({ role, host }) => hostOf.get(String(role).replace('replica of ', '')) === host,
      ).length,
    }
  },
  'cluster create majority': (report) => {
    const hosts = rows(report, 'nodes').flatMap(({ role, host }) => (role === 'master' ? String(host) : []))
    return { measured: Math.max(...hosts.map((host) => hosts.filter((one) => one === host).length)) }
  },
  'cluster slot sum': (report, { text }) => ({
    measured: cell(
      rows(report, 'slots').find(({ key, tag }) => text.includes(`"${tag ?? key}"`)),
      'slot',
    ),
  }),
  'cluster slot together': (report) => ({
    measured: new Set(rows(report, 'slots').map(({ slot }) => slot)).size,
  }),
  'cluster slot lesson': (report) => ({
    measured: cell(
      rows(report, 'slots').find(({ key }) => key === 'user:123'),
      'slot',
    ),
  }),
  'cluster verify work': 'failovers are in no table',
}
