import type { Cell } from './column.js'
import { formatCount, formatTime } from './format.js'

/** Words, and counts, whose label is their key. */
const words = [
  'admission',
  'case',
  'data',
  'delimiter',
  'disk',
  'distribution',
  'group',
  'hash',
  'header',
  'isolation',
  'memory',
  'mode',
  'needs',
  'placement',
  'policies',
  'policy',
  'save',
  'seed',
  'sizes',
  'times',
  'trace',
  'weights',
  'workload',
] as const
const counts = [
  'capacity',
  'clients',
  'crashes',
  'hosts',
  'items',
  'keys',
  'masters',
  'nodes',
  'quorum',
  'repeats',
  'replicas',
  'requests',
  'runs',
  'samples',
  'servers',
] as const

/** Every other parameter: its label and its unit, a format's name or a word that follows the number. */
const labelled = {
  blockSize: ['block', 'bytes'],
  countColumn: ['count column'],
  keyColumn: ['key column'],
  opColumn: ['operation column'],
  sizeColumn: ['size column'],
  timeColumn: ['time column'],
  traceFormat: ['trace format'],
  ttlColumn: ['TTL column'],
  blankLines: ['blank lines skipped'],
  change: ['change:'],
  classes: ['slab classes in use', 'count'],
  confidence: ['confidence', 'ratio'],
  crash: ['crash after', 'ms'],
  database: ['database read', 'ms'],
  detect: ['failure detected after', 'ms'],
  downAfter: ['down after', 'ms'],
  duration: ['duration', 'ms'],
  exponent: ['Zipf exponent'],
  factor: ['growth factor'],
  failing: ['failing node'],
  failoverTimeout: ['failover timeout', 'ms'],
  fork: ['fork of 1 GB', 'ms'],
  fullCoverage: ['full coverage required:'],
  hints: ['hinted handoff:'],
  hop: ['hop', 'ms'],
  jitter: ['jitter', 'ms'],
  joining: ['joining node'],
  keySize: ['key', 'bytes'],
  keysFrom: ['keys from'],
  kind: ['deployment'],
  lag: ['replication lag', 'ms'],
  like: ['compared with'],
  loadFactor: ['load factor'],
  localLatency: ['local read', 'ms'],
  localShare: ['local share of the capacity', 'ratio'],
  messageLoss: ['messages lost', 'ratio'],
  minReplicasToWrite: ['replicas required for a write', 'count'],
  nodeTimeout: ['node timeout', 'ms'],
  perNode: ['capacity of a node', 'per-second'],
  page: ['memory page', 'bytes'],
  phase: ['phase', 'ms'],
  pipeline: ['keys in one MIGRATE', 'count'],
  rate: ['rate', 'per-second'],
  readQuorum: ['read quorum', 'count'],
  readRatio: ['reads', 'ratio'],
  repeatedLines: ['lines that repeat a key', 'count'],
  remember: ['failed node asked last for', 'ms'],
  sample: ['keys sampled', 'ratio'],
  sampledKeys: ['keys in the sample', 'count'],
  sentinels: ['Sentinels', 'count'],
  service: ['service time', 'ms'],
  stallEvery: ['stall every', 'ms'],
  stallFor: ['stall for', 'ms'],
  sweep: ['sweep over'],
  tags: ['hash tags', 'count'],
  timeout: ['timeout', 'ms'],
  topFifth: ['requests to the top fifth of the keys'],
  transactions: ['transactions:'],
  ttl: ['time to live', 'ms'],
  useCase: ['use case'],
  valueSize: ['value', 'bytes'],
  vnodes: ['virtual nodes', 'count'],
  warmup: ['warm-up', 'requests'],
  within: ['tolerance', 'ratio'],
  writeQuorum: ['write quorum', 'count'],
  writeRatio: ['writes', 'ratio'],
} as const

/** The parameters that a report can have. Each needs a label here. */
export type ParameterKey = (typeof words)[number] | (typeof counts)[number] | keyof typeof labelled

/** The settings behind a report; null for one that does not apply. */
export type ReportParameters = { readonly [key in ParameterKey]?: Cell }

const labels = new Map<string, readonly [label: string, unit?: string]>([
  ...words.map((key) => [key, [key]] as const),
  ...counts.map((key) => [key, [key, 'count']] as const),
  ...Object.entries(labelled),
])

/** Parameters in words and with units, as a person reads them: `hop 0.5 ms`. */
export function parameterTexts(parameters: ReportParameters): string[] {
  return Object.entries(parameters).flatMap(([key, value]) => {
    const [label, unit] = labels.get(key) ?? [key]
    return value === null ? [] : `${label} ${parameterValue(value, unit)}`
  })
}

function parameterValue(value: Cell, unit: string | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return spaced(value)
  if (value === null || unit === undefined) return String(value)
  const shown = Number.isInteger(value) ? formatCount(value) : String(value)
  switch (unit) {
    case 'count':
      return shown
    case 'ratio':
      return `${Number((value * 100).toPrecision(6))}%`
    case 'ms':
      return spaced(formatTime(value))
    case 'per-second':
      return `${shown}/s`
    default:
      return `${shown} ${unit}`
  }
}

/** `2s`, as it is typed after an option, in the form for reading. */
function spaced(time: string): string {
  return time.replace(/^([\d.]+)(m?s)$/, '$1 $2')
}
