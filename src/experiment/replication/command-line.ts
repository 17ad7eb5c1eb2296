import { nodeNames } from '../../placement/index.js'
import { formatTime } from '../../report/format.js'
import type { Fault } from '../../simulation/faults.js'
import { type HistorySetup, historyDefaults } from './history.js'

/** A fault as it is typed after `cachelab replicate timeline`. */
export function faultText(fault: Fault, nodes: readonly string[]): string {
  const at = `@${formatTime(fault.at)}`
  switch (fault.kind) {
    case 'heal':
      return `--heal ${at}`
    case 'slow':
      return `--slow ${nodes[fault.node]}${at}:${fault.factor}x`
    case 'partition':
      return `--partition '${groupsText(fault.groups, nodes)}${at}'`
    default:
      return `--${fault.kind} ${nodes[fault.node]}${at}`
  }
}

function groupsText(groups: readonly (readonly number[])[], nodes: readonly string[]): string {
  return groups.map((group) => group.map((node) => nodes[node]).join(',')).join('|')
}

/** What happened, in few words: `node-B killed`. */
export function eventText(fault: Fault, nodes: readonly string[]): string {
  switch (fault.kind) {
    case 'heal':
      return 'all healed'
    case 'slow':
      return `${nodes[fault.node]} ${fault.factor}× slower`
    case 'partition':
      return `split ${groupsText(fault.groups, nodes)}`
    default:
      return `${nodes[fault.node]} ${{ kill: 'killed', restart: 'restarted', hang: 'hangs' }[fault.kind]}`
  }
}

/** The command that runs a history again, with every option that isn't what it would be anyway. */
export function timelineCommand(setup: HistorySetup): string {
  const { nodes, mode, capacity } = setup
  const numbered = nodeNames(nodes.length).every((name, i) => name === nodes[i])
  const values = {
    replicas: setup.replicas,
    keys: setup.keys,
    mode,
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
