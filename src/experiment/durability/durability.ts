import type { Progress } from '../../keys/index.js'
import { type FindingDraft, reportOf, type TableDraft } from '../../report/build.js'
import { countOf, formatBytes, formatDuration, formatNumber } from '../../report/format.js'
import type { BarFigure, Report } from '../../report/report.js'
import { mean } from '../../stats/summary.js'
import { comparedBars } from '../bars.js'
import { findingsOf } from './findings.js'
import { type Measured, measure } from './measure.js'
import { type DurabilitySetup, saveText, sizesOf } from './setup.js'

/** What a crash loses under each of Redis's choices of persistence, and what each costs. O(writes). */
export async function compareDurability(setup: DurabilitySetup, progress?: Progress): Promise<Report> {
  const measured = await measure(setup, progress)
  const { bandwidth, fsync } = setup.disk
  const rows = rowsOf(measured)
  return reportOf('redis durability', {
    title: 'Persistence: a kill loses what is not written, a power loss what is not fsynced',
    parameters: {
      rate: setup.rate,
      keys: setup.keys,
      valueSize: setup.valueSize,
      exponent: setup.exponent,
      disk: `${formatBytes(bandwidth)}/s, fsync ${formatNumber(fsync, 'ms')}`,
      save: saveText(setup.savePoints),
      fork: setup.fork,
      page: setup.page,
      service: setup.service,
      duration: setup.duration,
      crashes: setup.crashes,
      seed: setup.seed,
    },
    tables: { choices: choicesTable(setup, measured, rows) },
    figures: figuresOf(rows),
    findings: { ...findingsOf(setup, measured), model: model(setup) },
  })
}

type Row = ReturnType<typeof rowsOf>[number]

const rowsOf = ({ outcomes }: Measured) =>
  Object.values(outcomes).map(({ name, killed, powerLost, latency, ...costs }) => ({
    choice: name,
    killedMean: Math.round(mean(killed)),
    killedWorst: Math.max(...killed),
    powerMean: Math.round(mean(powerLost)),
    powerWorst: Math.max(...powerLost),
    p50: latency.p50,
    p99: latency.p99,
    most: latency.most,
    amplification: costs.amplification,
    restart: costs.restart,
    copied: costs.mostCopied,
  }))

/** What a crash loses, what writing costs, and how long it takes to begin again. */
function figuresOf(rows: readonly Row[]): BarFigure[] {
  const categories = rows.map(({ choice }) => choice)
  return [
    ...comparedBars({
      title: 'Acknowledged writes that a crash loses',
      value: { label: 'writes', unit: 'count' },
      categories,
      series: [
        { name: 'killed, at worst', values: rows.map(({ killedWorst }) => killedWorst) },
        { name: 'power loss, on average', values: rows.map(({ powerMean }) => powerMean) },
        { name: 'power loss, at worst', values: rows.map(({ powerWorst }) => powerWorst) },
      ],
    }),
    ...comparedBars({
      title: 'Latency of writes: the 99th percentile',
      value: { label: 'latency', unit: 'ms' },
      categories,
      series: [{ name: 'p99', values: rows.map(({ p99 }) => p99) }],
    }),
    ...comparedBars({
      title: 'Time to load the data at a restart',
      value: { label: 'time', unit: 'ms' },
      categories,
      series: [{ name: 'restart', values: rows.map(({ restart }) => restart) }],
    }),
  ]
}

function choicesTable(
  setup: DurabilitySetup,
  { window, writes }: Measured,
  rows: readonly Row[],
): TableDraft {
  const isWhole = window.low > 0
  const moments = isWhole ? 'between the first save and the last' : `in ${formatDuration(setup.duration)}`
  return {
    title: `Acknowledged writes lost in ${countOf(setup.crashes, 'crash', 'crashes')} at random moments ${moments}, and the costs of ${countOf(writes, 'write')}`,
    columns: {
      choice: 'persistence',
      killedMean: ['killed: mean', 'count', 'detail'],
      killedWorst: ['killed: worst', 'count'],
      powerMean: ['power loss: mean', 'count'],
      powerWorst: ['power loss: worst', 'count'],
      p50: ['latency p50', 'ms', 'detail'],
      p99: ['latency p99', 'ms'],
      most: ['latency max', 'ms'],
      amplification: ['to disk ÷ data', 'factor'],
      restart: ['restart', 'ms'],
      copied: ['copied on write', 'bytes', 'detail'],
    },
    rows,
  }
}

function model(setup: DurabilitySetup): FindingDraft {
  const { memory, rdb, logged } = sizesOf(setup)
  return {
    text: `Model: SETs come at random times; latencies are without the network. A write adds ${formatBytes(logged)} to an AOF, ${countOf(setup.keys, 'key')} ${setup.keys === 1 ? 'is' : 'are'} ${formatBytes(rdb)} as an RDB file and ${formatBytes(memory)} in memory. Half of an fsync’s latency is fixed, half exponential. Speeds of saving and loading are those of Redis 7.0.15. Where each rule comes from:`,
    command: 'cachelab docs rules',
  }
}
