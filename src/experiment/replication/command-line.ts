import { nodeNames } from '../../placement/index.js'
import { formatTime } from '../../report/format.js'
import { faultText } from '../nodes/fault-text.js'
import { type HistorySetup, historyDefaults } from './history.js'

/** The command that runs a history again, with every option that differs from its default. */
export function timelineCommand(setup: HistorySetup): string {
  const { nodes, mode, capacity } = setup
  const numbered = nodeNames(nodes.length).every((name, i) => name === nodes[i])
  const values = {
    replicas: setup.replicas,
    keys: setup.keys,
    mode,
    placement: setup.placement,
    vnodes: setup.vnodes,
    hash: setup.hash,
    hop: setup.hop,
    jitter: setup.jitter,
    service: setup.service,
    lag: setup.lag,
    timeout: setup.timeout,
    remember: setup.remember,
    patience: setup.patience,
    duration: setup.duration,
    rate: setup.rate,
    readRatio: setup.readRatio,
    workload: setup.workload,
    ttl: setup.ttl,
  }
  const options = (Object.keys(values) as (keyof typeof values)[])
    .filter((name) => values[name] !== historyDefaults[name])
    .map((name) => optionText(name, values[name]))
  return [
    'cachelab replicate timeline',
    `--nodes ${numbered ? nodes.length : nodes.join(',')}`,
    ...options,
    ...(mode === 'quorum' ? [`--write-quorum ${setup.writeQuorum} --read-quorum ${setup.readQuorum}`] : []),
    ...(capacity === undefined ? [] : [`--capacity ${capacity} --policy ${setup.policy}`]),
    ...(setup.hints ? ['--hints'] : []),
    `--seed ${setup.seed ?? 1}`,
    ...setup.faults.map((fault) => faultText(fault, nodes)),
  ].join(' ')
}

const TIMES = new Set([
  'hop',
  'jitter',
  'service',
  'lag',
  'timeout',
  'remember',
  'patience',
  'duration',
  'ttl',
])
const NAMES: Record<string, string> = { patience: 'detect', readRatio: 'read-ratio' }

function optionText(name: string, value: string | number): string {
  return `--${NAMES[name] ?? name} ${TIMES.has(name) ? formatTime(Number(value)) : value}`
}
