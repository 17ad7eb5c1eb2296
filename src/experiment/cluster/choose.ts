import { countOf, formatBytes, formatCount } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { decide } from '../decision.js'

export interface ChooseOptions {
  /** Bytes of all data, and of a machine's memory. */
  readonly data: number
  readonly memory: number
  /** Whether the service uses many transactions over several keys. */
  readonly transactions: boolean
  /** Requests a second of the service, and the most that one server serves. */
  readonly rate: number
  readonly perNode: number
}

/** The share of a machine's memory for data; the rest is for copy-on-write during a save and for fragmentation. */
const USABLE = 0.75

/** Sentinel or Cluster for the needs of a service: the lesson's problem 2. */
export function chooseTopology(options: ChooseOptions): Report {
  const { data, memory, transactions, rate, perNode } = options
  const forData = Math.ceil(data / (memory * USABLE))
  const forRate = Math.ceil(rate / perNode)
  const masters = Math.max(3, forData, forRate)
  const tagged = transactions ? ' Transactions then need hash tags that keep their keys in one slot.' : ''
  return decide({
    command: 'cluster choose',
    title: 'Sentinel or Cluster?',
    parameters: {
      data: formatBytes(data),
      memory: formatBytes(memory),
      transactions,
      rate,
      perNode,
    },
    rules: [
      {
        id: 'data',
        subject: 'data against a machine’s memory',
        given: `${formatBytes(data)} of ${formatBytes(memory * USABLE)} usable`,
        choice: forData > 1 ? 'Cluster' : undefined,
        why: `${formatBytes(data)} do not fit one machine (${formatBytes(memory)}, of which ${USABLE * 100}% for data): they need sharding over ${countOf(forData, 'master')}.${tagged}`,
        shownBy: 'cachelab cluster add-node',
      },
      {
        id: 'rate',
        subject: 'requests against one server',
        given: `${formatCount(rate)} of ${formatCount(perNode)} a second`,
        choice: forRate > 1 ? (transactions ? 'Cluster' : 'Cluster (or Memcached)') : undefined,
        why: `${countOf(rate, 'request')} a second are more than one server serves (--per-node ${perNode}): they need ${countOf(forRate, 'master')}.${transactions ? tagged : ' For a simple cache Memcached would do too: its clients shard, and each server uses all cores.'}`,
        shownBy: 'cachelab cluster compare, cachelab memcached choose',
      },
      {
        id: 'transactions',
        subject: 'transactions over several keys',
        given: transactions ? 'many' : 'none',
        choice: transactions ? 'Sentinel' : undefined,
        why: 'one master has all keys, so MULTI and commands with several keys work. Cluster answers CROSSSLOT unless a hash tag keeps the keys in one slot.',
        shownBy: 'cachelab cluster run, cachelab cluster compare',
      },
    ],
    otherwise: {
      choice: 'Sentinel',
      why: 'data and requests fit one master. For high availability, replicas and three sentinels are simpler than slots.',
    },
    lesson:
      forData > 1 || forRate > 1
        ? {
            text: `A cluster of ${countOf(masters, 'master')} with a replica each: ${countOf(masters * 2, 'process', 'processes')}. Lay it out with:`,
            command: `cachelab cluster create --masters ${Math.min(masters, 49)} --replicas 1`,
          }
        : {
            text: 'How long a failover takes, and what it loses:',
            command: 'cachelab sentinel run --kill master@1s',
          },
  })
}
