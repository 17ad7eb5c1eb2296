import { countOwners } from '../../experiment/ring/counting.js'
import { keyParameters, readKeys, repeatedFinding } from '../../experiment/ring/setup.js'
import type { KeySource, Progress } from '../../keys/index.js'
import { SLOTS, slotHash } from '../../placement/slots.js'
import { type Columns, type FindingDraft, type Findings, reportOf } from '../../report/build.js'
import { countOf, formatCount } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { keysRange } from '../../stats/keys-law.js'
import { ratio } from '../../stats/summary.js'
import { jointConfidence } from '../../stats/verdict.js'
import type { ClusterSession } from '../cluster-session.js'
import type { RealOptions } from '../connect/servers.js'
import { KeySet } from '../key-set.js'
import { writeAll } from './parallel.js'
import { refusalFindings } from './refusals.js'

export interface ClusterRingOptions extends RealOptions {
  readonly keys: KeySource
  readonly nodes: readonly string[]
}

/**
 * Writes every key to the master of a real cluster that owns its slot, and reads back which keys each master holds. The
 * slots are the cluster's own. O(keys) requests.
 */
export async function clusterRing(options: ClusterRingOptions, session: ClusterSession, progress?: Progress) {
  return report(options, session, await measure(options, session, progress))
}

async function measure(
  { keys, nodes, servers, timeout }: ClusterRingOptions,
  session: ClusterSession,
  progress?: Progress,
) {
  const [slots] = await readKeys(keys, [slotHash])
  const owners = slots.map((slot) => session.map.owners[slot])
  const placed = countOwners(owners, nodes.length)
  const held = countOwners(Uint32Array.from(session.map.owners), nodes.length)
  let done = 0
  const told = (more: number): void => {
    done += more
    progress?.(done, 2 * slots.length)
  }
  session.place(slots)
  await writeAll(session, owners, placed, timeout, told)
  const found = await Promise.all(
    nodes.map((_, node) => session.keysOn(node, told).catch(() => new KeySet())),
  )
  const there = found.reduce((sum, { size }) => sum + size, 0)
  const rows = nodes.map((node, i) => ({
    node,
    server: servers[i],
    slots: held[i],
    slotShare: held[i] / SLOTS,
    keys: placed[i],
    found: found[i].size,
    share: ratio(found[i].size, there),
  }))
  return { count: slots.length, rows, astray: countAstray(found, owners) }
}

/** The keys that are on another node than the owner of their slot. */
function countAstray(found: readonly KeySet[], owners: ArrayLike<number>): number {
  let astray = 0
  for (const [node, keys] of found.entries()) for (const key of keys) if (owners[key] !== node) astray++
  return astray
}

type Measured = Awaited<ReturnType<typeof measure>>

function report(options: ClusterRingOptions, session: ClusterSession, measured: Measured): Report {
  const { keys, nodes } = options
  const { count, rows } = measured
  return reportOf('ring', {
    title: `${countOf(count, 'key')} on a real cluster with ${countOf(nodes.length, 'master')}`,
    parameters: { placement: 'slots', nodes: nodes.length, ...keyParameters(keys, count) },
    tables: {
      distribution: {
        title: 'Slots of each master, keys in them, and keys that the master has',
        columns,
        rows,
      },
    },
    findings: {
      repeated: repeatedFinding(keys, count),
      ...agreement(session, measured),
      shares: sharesFinding(measured),
      ...refusalFindings(session, nodes),
    },
  })
}

const columns: Columns = {
  node: 'node',
  server: 'server',
  slots: ['slots', 'count'],
  slotShare: ['of all', 'ratio'],
  keys: ['keys in them', 'count'],
  found: ['found there', 'count', 'bar'],
  share: ['share of those', 'ratio'],
}

function agreement({ redirected }: ClusterSession, { count, rows, astray }: Measured): Findings {
  const ok = astray === 0 && rows.every((row) => row.keys === row.found)
  const found = rows.reduce((sum, row) => sum + row.found, 0)
  return {
    equal: {
      text: ok
        ? 'Slots and reality agree key by key: every master has the keys of its slots, and nothing else.'
        : `Slots and reality differ: ${formatCount(found)} of ${countOf(count, 'key')} found, ${formatCount(astray)} of them not with the owner of their slot.`,
      measured: found - astray,
      expected: count,
      ok,
    },
    redirected: redirected > 0 && {
      text: `Redirected: ${countOf(redirected, 'command')}. Slots moved to other nodes during the run; the table has the slots as they were before.`,
      measured: redirected,
      expected: 0,
    },
  }
}

/** Whether keys spread over the slots as a perfect hash spreads them. */
function sharesFinding({ count, rows }: Measured): FindingDraft {
  const confidence = jointConfidence(rows.length)
  const outside = rows.filter(({ slotShare, keys }) => {
    const { low, high } = keysRange(count, slotShare, Infinity, confidence)
    return keys < low || keys > high
  })
  const range = 'the range that holds all masters of 95% of random key lists'
  return {
    text:
      outside.length === 0
        ? `The keys of every master are as many as its share of the slots lets expect, within ${range}.`
        : `${outside.map(({ node }) => node).join(', ')}: the keys are not as many as the share of the slots lets expect, outside ${range}. Keys with common hash tags are in common slots.`,
    measured: outside.length,
    expected: 0,
  }
}
