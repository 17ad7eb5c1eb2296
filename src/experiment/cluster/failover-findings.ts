import { countOf, formatCount, formatNumber, formatTime } from '../../report/format.js'
import type { Finding } from '../../report/index.js'
import { type Gap, isExpected } from '../nodes/intervals.js'
import { type FailoverRun, STEPS, stepOf } from './failover-run.js'

/** What a run shows: its steps, how long slots were not served, what got lost. */
export function failoverFindings(run: FailoverRun): Finding[] {
  const { setup, history, all, events } = run
  const { faults } = setup
  const first = faults[0]?.at
  const killed =
    faults.length === 1 && faults[0].kind === 'kill' && faults[0].node < setup.masters
      ? faults[0].node
      : undefined
  return [
    ...STEPS.map(([name, what], i): Finding => {
      const event = events.find((one) => stepOf(one) === i + 1)
      return {
        id: `step-${name}`,
        text: event
          ? `Step ${i + 1}, ${what}: ${formatNumber(event.time, 'ms')}.`
          : `Step ${i + 1}, ${what}: not reached.`,
        ...(event ? { measured: event.time } : {}),
      }
    }),
    ...(killed === undefined ? [] : outageFindings(run, killed)),
    ...minorityFindings(run),
    history.cluster.ledger.count === 0
      ? { id: 'lost', text: 'Lost: nothing, as no write was acknowledged.' }
      : {
          id: 'lost',
          text: `Lost: ${formatCount(history.lost.length)} of ${countOf(history.cluster.ledger.count, 'acknowledged write')}.${history.lost.length > 0 ? ` Replication is asynchronous (--lag ${formatTime(setup.lag)}): writes that had not reached the replica when the master died or was cut off are lost when the replica is promoted.` : ''}`,
          measured: history.lost.length,
          ...(killed === undefined
            ? {}
            : { expected: (setup.rate * (1 - setup.readRatio) * setup.lag) / 1000 / setup.masters }),
        },
    all.errorFinding(),
    {
      id: 'messages',
      text: `Messages on the cluster bus: ${formatCount(Math.round((history.busMessages / setup.duration) * 1000))} a second, with ${countOf(history.cluster.nodes.length, 'node')} that ping one another.`,
      measured: (history.busMessages / setup.duration) * 1000,
    },
    ...(first === undefined ? [{ id: 'calm', text: 'No faults. Try --kill node-A@2s.' }] : []),
  ]
}

/**
 * Expected outage of the slots of a killed master: wait for the next ping (0–node-timeout/2) + node-timeout + gossip
 * to a majority (at most node-timeout) + 500 ms + random(0–500 ms), with checks every 100 ms in between.
 */
function outageFindings({ setup, groups, all }: FailoverRun, killed: number): Finding[] {
  const { nodeTimeout, fullCoverage, replicas } = setup
  if (replicas === 0)
    return [
      {
        id: 'outage',
        text: `${fullCoverage ? 'Every slot' : 'The slots of the dead master'} stays unserved: it has no replica.`,
      },
    ]
  const { at } = setup.faults[0]
  if (!groups[killed].hasWrites(at))
    return [{ id: 'outage', text: 'Outage: no write was sent to the slots of the dead master.' }]
  const gap = groups[killed].longestGap(at)
  const least = nodeTimeout + 500
  const most = nodeTimeout * 2 + 1300
  const others = groups
    .filter((group, i) => i !== killed && group.hasWrites(at))
    .map((group) => group.longestGap(at))
  const longest = others.reduce<Gap | undefined>((a, b) => (a && a.length >= b.length ? a : b), undefined)
  const rate = (setup.rate * (1 - setup.readRatio)) / setup.masters
  const ok = isExpected(gap, least, most, rate)
  const othersOk = longest && isExpected(longest, 0, fullCoverage ? most - nodeTimeout : 500, rate)
  const isDown = all.errors.has('CLUSTERDOWN')
  return [
    {
      id: 'outage',
      text: `Outage of its slots: ${formatNumber(gap.length, 'ms')}${gap.isOpen ? ' until the end of the run' : ''}. Expected: ${formatNumber(least, 'ms')} to ${formatNumber(most, 'ms')} = wait for the next ping + --node-timeout + gossip to a majority of masters + 500 ms + random(0–500 ms) until the replica asks for votes.`,
      measured: gap.length,
      expected: (least + most) / 2,
      ...(ok !== undefined && { ok }),
    },
    ...(longest
      ? [
          {
            id: 'others',
            text: isDown
              ? `The other slots stop too, for ${formatNumber(longest.length, 'ms')}: with --full-coverage a cluster that lacks one slot serves none, from FAIL until the replica is promoted. With --no-full-coverage they go on.`
              : `The other slots are still served: their longest time without a write is ${formatNumber(longest.length, 'ms')}.`,
            measured: longest.length,
            ...(othersOk !== undefined && { ok: othersOk }),
          },
        ]
      : []),
  ]
}

/** Masters that stopped because they couldn't reach a majority. */
function minorityFindings({ setup, events, history }: FailoverRun): Finding[] {
  const cut = setup.faults.find(({ kind }) => kind === 'partition')
  if (!cut) return []
  const won = events.filter(({ kind }) => kind === 'election-won')
  const stopped = events.find(
    (event) =>
      event.time > cut.at &&
      event.kind === 'state' &&
      !event.isOk &&
      !won.some(({ node }) => event.node === node),
  )
  const { names } = history.cluster
  return [
    {
      id: 'minority',
      text: stopped
        ? `${names[stopped.node]} stopped ${formatNumber(stopped.time - cut.at, 'ms')} after the network split. A master that reaches no majority serves for about --node-timeout more; what it acknowledges then is lost if its replica takes over on the other side.`
        : 'No node stopped: all reached a majority.',
      ...(stopped ? { measured: stopped.time - cut.at, expected: setup.nodeTimeout } : {}),
    },
  ]
}
