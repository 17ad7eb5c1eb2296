import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lossFindings } from '../../../src/experiment/replication/loss.js'
import { phasesFindings } from '../../../src/experiment/replication/phase-findings.js'
import type { Report } from '../../../src/report/index.js'
import { cachelab, shell } from '../../cli/in-process.js'
import { temporaryFolder } from '../../cli/lab.js'
import { byLayer, isThorough } from '../../layer.js'
import { figureFaults } from './figures.js'
import { unfounded } from './findings.js'
import { expectConsistent } from './invariants.js'
import { firstOfEach, lines } from './lines.js'
import type { Finding } from './rules/values.js'
import { expectToFit } from './screens.js'
import { faultsOfForm, strangers } from './texts.js'
import { failing } from './verdicts.js'

/** The report of a command line. A check that fails ends with 1. */
async function reportOf(line: string): Promise<Report> {
  const { stdout, stderr, code } = await cachelab([...line.split(' '), '--format', 'json'])
  expect([line, code === 0 || code === 1, stderr.includes('error')]).toEqual([line, true, false])
  return JSON.parse(stdout)
}

/** Ids of findings that held in some report, and of those that can fail, by command. */
const held = new Set<string>()
/** Command lines that findings lead to. */
const commands = new Set<string>()

test.each(byLayer(firstOfEach(lines), lines))('%s', async (line) => {
  const report = await reportOf(line)
  expectConsistent(report, line)
  expect([line, unfounded(report)]).toEqual([line, []])
  expect([line, strangers(report), faultsOfForm(report)]).toEqual([line, [], []])
  expect([line, figureFaults(report)]).toEqual([line, []])
  for (const { id, ok, command } of report.findings) {
    if (ok) held.add(`${report.command} ${id}`)
    if (command !== undefined) commands.add(command)
  }
  expectToFit(report)
})

test('a figure is judged by the table that shows the same', () => {
  const report = (values: (number | null)[], high = 1) =>
    ({
      tables: [
        {
          columns: [{ key: 'x' }, { key: 'y' }],
          rows: [
            { x: 0.5, y: 0.1 },
            { x: 0.25, y: 0.2 },
          ],
        },
      ],
      figures: [
        {
          kind: 'bars',
          title: 'bars',
          shownElsewhere: true,
          series: [{ name: '', values, intervals: [[0, high], null] }],
        },
      ],
    }) as unknown as Report
  expect(figureFaults(report([0.5, 0.25]))).toEqual([])
  const wrong = [report([0.5, 0.2]), report([null, null], 0), report([0.5, 0.25], 0.4)]
  expect(wrong.map((one) => figureFaults(one).length > 0)).toEqual([true, true, true])
})

test('a number that follows from nothing in its report is a stranger, in whatever unit it is shown', () => {
  const report = (text: string) =>
    ({
      command: 'ring',
      title: '',
      parameters: { keys: 12000, hop: '5ms' },
      tables: [{ name: 'a', title: '', columns: [{ key: 'share', label: '' }], rows: [{ share: 0.2345 }] }],
      findings: [{ id: 'made-up', text, measured: 1.5, expected: 0.5 }],
    }) as unknown as Report
  const fair =
    'Of 12,000 keys 23.45% (23%) move in 5 ms: 1.50× and 0.5, a difference of 100.0 percentage points.'
  expect(strangers(report(fair))).toEqual([])
  for (const wrong of ['12,001 keys', '23.46%', '0.24', '6 ms', '1.51×', '24%'])
    expect([wrong, strangers(report(wrong)).length]).toEqual([wrong, 1])
  const faults = ['12000 keys', 'within 5ms', 'by 0.0000%', 'retried 0 times']
  expect(faults.map((text) => faultsOfForm(report(text)).length)).toEqual([1, 1, 1, 1])
  expect(faultsOfForm(report('slot 12345 after --hop 5ms, 0.00%, 10 times'))).toEqual([])
})

test('commands that findings lead to can be run', async () => {
  expect(commands.size).toBeGreaterThanOrEqual(byLayer(5, 9))
  for (const command of commands) {
    const { stderr, code } = await shell(command)
    expect([command, code, stderr.includes('error')]).toEqual([command, expect.toBeOneOf([0, 1]), false])
  }
})

test('a trace without reads has no hit ratios, alone and beside others', async () => {
  const writes = join(temporaryFolder(), 'writes.csv')
  writeFileSync(writes, 'time,key,op\n1,a,set\n2,b,set\n')
  const columns = '--key-column key --op-column op --time-column time'
  const report = await reportOf(`evict --trace ${writes} ${columns}`)
  expect(report.tables[0].rows.every(({ hitRatio }) => hitRatio === null)).toBe(true)
  expect(report.findings[0].text).toContain('there are no hit ratios')
  expectConsistent(await reportOf(`evict --trace ${writes} --trace ${writes} ${columns}`), 'two traces')
})

describe('what ✓ says can be false', () => {
  const failed = new Set<string>()

  test.each(byLayer(firstOfEach(failing), failing))('%s: %s', async (id, line) => {
    const report = await reportOf(line)
    expect(report.findings.find((finding) => finding.id === id)?.ok).toBe(false)
    expectConsistent(report, line)
    expect([line, unfounded(report)]).toEqual([line, []])
    expect([line, strangers(report), faultsOfForm(report)]).toEqual([line, [], []])
    failed.add(`${report.command} ${id}`)
  })

  const failures = (findings: readonly Finding[]) =>
    findings.flatMap(({ id, ok }) => (ok === false ? [id] : [])).sort()

  test('replicate: copies that are missing, wrong reads, and writes that cost more', () => {
    const options = { keys: 2, replicas: 2, nodes: ['A', 'B'], mode: 'sync', kills: ['A'] }
    const membership = { ownersOf: () => [0, 1] }
    const reading = {
      readable: 2,
      lost: 0,
      byPrimary: 0,
      byReplica: 2,
      hops: 4,
      latencies: new Float64Array(2),
    }
    const findings = (total: number, changes: Partial<typeof reading>, amplification: number) =>
      phasesFindings(
        options as never,
        { membership } as never,
        [{ node: 'A', primary: total, replica: 0, total }],
        [
          { name: 'all nodes up', dead: [], reading },
          { name: 'A killed', dead: [0], reading: { ...reading, ...changes } },
        ],
        [0, amplification].map((each) => ({ amplification: each, messages: 4, writes: 1 })) as never,
      )
    expect(failures(findings(4, {}, 2))).toEqual([])
    expect(failures(findings(4, { lost: 1 }, 2))).toEqual(['lost'])
    expect(failures(findings(4, { hops: 5 }, 2))).toEqual(['hops'])
    expect(failures(findings(3, {}, 3))).toEqual(['amplification', 'copies'])
    for (const id of ['copies', 'lost', 'hops', 'amplification']) failed.add(`replicate ${id}`)
  })

  test('replicate sweep: a copy that is lost too early, and a mean that is none of the formula', () => {
    const loss = { replicas: 2, killed: 1, lost: 0, worst: 0, expected: 0, choices: 2, isComplete: true }
    const findings = (changes: Partial<typeof loss>) => {
      const all = Object.entries(
        lossFindings({ nodes: ['A', 'B'], vnodes: 1, placement: 'ring' }, [{ ...loss, ...changes }]),
      )
      return failures(all.map(([id, finding]) => ({ id, ...(finding as Omit<Finding, 'id'>) })))
    }
    expect([findings({}), findings({ worst: 0.5 }), findings({ lost: 0.1 })]).toEqual([
      [],
      ['safe'],
      ['formula'],
    ])
    for (const id of ['safe', 'formula']) failed.add(`replicate sweep ${id}`)
  })

  test.runIf(isThorough)('of every finding that holds somewhere', () => {
    // A change of a cluster is one experiment under three names.
    const name = (each: string) => each.replace(/^cluster (add-node|remove-node)/, 'cluster reshard')
    const general = (each: string) => each.replace(/ ratio-.*/, ' ratio-a')
    expect([...new Set([...held].map(name).map(general))].filter((each) => !failed.has(each))).toEqual([])
  })
})
