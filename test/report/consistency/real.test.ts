import { expect, test } from 'vitest'
import { listen } from '../../../src/redis/serve/listen.js'
import { Server } from '../../../src/redis/server.js'
import { SystemTime } from '../../../src/redis/time-source.js'
import { remoteFailover } from '../../../src/remote/experiment/failover.js'
import type { Report } from '../../../src/report/index.js'
import { cachelab } from '../../cli/run.js'
import { byLayer } from '../../layer.js'
import { unfounded } from './findings.js'
import { expectConsistent } from './invariants.js'

/** The report of a command line on as many servers of ours as told, of which the last has a limit of memory. */
async function reportOf(line: string, servers: number, maxmemory: number): Promise<Report> {
  const listening = await Promise.all(
    Array.from({ length: servers }, (_, i) => {
      const store = new Server({ clock: new SystemTime() })
      if (i === servers - 1) store.settings.maxmemory = maxmemory
      return listen(store, 0, '127.0.0.1')
    }),
  )
  try {
    const addresses = listening.map(({ port }) => `redis://127.0.0.1:${port}`).join(',')
    const args = [...line.split(' '), '--connect', addresses, '--format', 'json']
    const { stdout, code } = await cachelab(args)
    const report: Report = JSON.parse(stdout)
    expect(code).toBe(report.findings.some(({ ok }) => ok === false) ? 1 : 0)
    return report
  } finally {
    await Promise.all(listening.map((one) => one.stop()))
  }
}

/** Checks with two servers, and which of them fail where one of the two refuses to store anything. */
const checks: [line: string, ids: string[], failing: string[]][] = [
  ['ring --keys 100', ['equal'], ['equal', 'refused-node-B']],
  [
    'replicate --keys 50',
    ['acknowledged', 'copies', 'equal'],
    ['acknowledged', 'copies', 'equal', 'refused-node-B'],
  ],
  [
    'replicate --keys 50 --kill node-A',
    ['acknowledged', 'copies', 'equal'],
    ['acknowledged', 'copies', 'equal', 'refused-node-B'],
  ],
  ['evict distributed --keys 50 --requests 200', ['evicted'], ['refused-node-B']],
]

test.each(byLayer([checks[2]], checks))('%s with real servers: ✓ and ✗', async (line, holding, failing) => {
  const ids = (report: Report, wanted: boolean) =>
    report.findings.flatMap(({ id, ok }) => (ok === wanted ? [id] : [])).sort()
  for (const maxmemory of [0, 1]) {
    const report = await reportOf(line, 2, maxmemory)
    expectConsistent(report, line)
    expect([line, unfounded(report)]).toEqual([line, []])
    expect([line, ids(report, maxmemory === 0)]).toEqual([line, maxmemory === 0 ? holding : failing])
  }
})

test.each(['sentinel', 'cluster'] as const)('lab failover: %s', async (kind) => {
  for (const [runs, factor] of [
    [1, 1],
    [3, 1],
    [3, 4],
  ]) {
    const options = { kind, timeout: 1000, runs }
    const mean = Number((await remoteFailover(options, async () => 1)).findings[0].expected)
    const report = await remoteFailover(options, async () => mean * factor)
    expectConsistent(report, kind)
    expect(unfounded(report)).toEqual([])
    expect(report.findings[0].ok).toBe(runs === 1 ? undefined : factor === 1)
  }
})
