import { nodeNames, SLOTS } from '../../placement/index.js'
import { assignReplicas, slotRanges } from '../../redis-deployment/cluster/layout.js'
import { reportOf } from '../../report/build.js'
import { countOf, formatCount } from '../../report/format.js'
import type { Report } from '../../report/index.js'

export interface CreateOptions {
  readonly masters: number
  readonly replicas: number
  /** Machines that the nodes are assigned to in turn. */
  readonly hosts: number
}

/** A new cluster as redis-cli --cluster create makes it. O(nodes²). */
export function createCluster({ masters, replicas, hosts }: CreateOptions): Report {
  const count = masters * (replicas + 1)
  const names = nodeNames(count)
  const hostOf = names.map((_, i) => `host-${(i % hosts) + 1}`)
  const { masters: chosen, masterOf } = assignReplicas(hostOf, masters, replicas)
  const ranges = slotRanges(masters)
  const beside = [...masterOf].filter(([replica, master]) => hostOf[replica] === hostOf[master]).length
  const perHost = new Map<string, number>()
  for (const master of chosen) perHost.set(hostOf[master], (perHost.get(hostOf[master]) ?? 0) + 1)
  const mostOnOne = Math.max(...perHost.values())
  const survives = mostOnOne < Math.floor(masters / 2) + 1
  return reportOf('cluster create', {
    title: `A new cluster of ${countOf(masters, 'master')} with ${countOf(replicas, 'replica')} each`,
    parameters: { masters, replicas, hosts },
    tables: {
      nodes: {
        title: 'Slots in equal ranges; replicas on another machine than their master where possible',
        columns: { node: 'node', host: 'machine', role: 'role', slots: 'slots', count: ['number', 'count'] },
        rows: names.map((node, i) => {
          const rank = chosen.indexOf(i)
          const range = rank < 0 ? undefined : ranges[rank]
          return {
            node,
            host: hostOf[i],
            role: range ? 'master' : `replica of ${names[masterOf.get(i)!]}`,
            slots: range ? `${range[0]}–${range[1]}` : null,
            count: range ? range[1] - range[0] + 1 : null,
          }
        }),
      },
    },
    figures: [
      {
        kind: 'strips',
        title: 'Slots of each master',
        shownElsewhere: true,
        x: { label: 'slots', unit: 'count' },
        owners: chosen.map((master) => names[master]),
        rows: [{ name: '', spans: ranges.map(([from, to], owner) => ({ from, to: to + 1, owner })) }],
      },
    ],
    findings: {
      ranges: {
        text: `${formatCount(SLOTS)} slots ÷ ${countOf(masters, 'master')}: ${formatCount(Math.floor(SLOTS / masters))} or one more each, as redis-cli assigns them.`,
        measured: Math.max(...ranges.map(([from, to]) => to - from + 1)),
        expected: Math.ceil(SLOTS / masters),
      },
      ...(replicas > 0
        ? {
            apart: {
              text:
                beside === 0
                  ? 'No replica shares a machine with its master: no single machine holds all copies of a slot.'
                  : `${formatCount(beside)} of ${countOf(masterOf.size, 'replica')} ${beside === 1 ? 'shares' : 'share'} a machine with their master${hosts === 1 ? ': there is only one' : ''}. The failure of such a machine loses both copies.`,
              measured: beside,
            },
          }
        : {
            apart:
              'Without replicas the slots of a dead master are not served. With full coverage the whole cluster stops.',
          }),
      majority: {
        text: survives
          ? `No machine has more than ${formatCount(mostOnOne)} of the ${countOf(masters, 'master')}: without any one of them a majority is left to elect.`
          : `One machine has ${formatCount(mostOnOne)} of the ${countOf(masters, 'master')}. When it dies, no majority is left and no replica is promoted: use at least 3 --hosts.`,
        measured: mostOnOne,
        ok: survives,
      },
    },
  })
}
