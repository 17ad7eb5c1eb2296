import type { BusMessage } from '../../redis-deployment/messages/bus.js'
import type { Reading } from '../nodes/lanes.js'

/** Reads the messages of the cluster bus with which nodes agree on who is down and who takes over. */
export function busReading(names: readonly string[]): Reading {
  /** Nodes that are down by a majority's word: gossip about them is no news. */
  const failed = new Set<number>()
  const replicas = new Set<number>()
  return ({ content, from }) => {
    if (!('kind' in content) || content.kind !== 'bus') return undefined
    const isPromoted = content.master === undefined && replicas.has(from)
    if (content.master !== undefined) replicas.add(from)
    if (content.content.type === 'fail') failed.add(content.content.node)
    const text = decided(content, names) ?? gossiped(content, failed, names)
    if (text !== undefined) return { text }
    return isPromoted ? { text: `the slots are mine, epoch ${content.configEpoch}` } : undefined
  }
}

function decided({ content, currentEpoch }: BusMessage, names: readonly string[]): string | undefined {
  switch (content.type) {
    case 'fail':
      return `FAIL ${names[content.node]}`
    case 'auth-request':
      return `vote for me, epoch ${currentEpoch}`
    case 'auth-ack':
      return `my vote, epoch ${currentEpoch}`
    case 'failover-start':
      return 'make writes wait'
    case 'update':
      return `UPDATE: its slots are ${names[content.node]}’s`
    default:
      return undefined
  }
}

/** A master's report of nodes that don't answer it, which counts for the majority. */
function gossiped(
  { content, master }: BusMessage,
  failed: ReadonlySet<number>,
  names: readonly string[],
): string | undefined {
  if (!('gossip' in content) || master !== undefined) return undefined
  const silent = content.gossip.filter(({ node, isFailing }) => isFailing && !failed.has(node))
  return silent.length > 0 ? `no answer from ${silent.map(({ node }) => names[node]).join(', ')}` : undefined
}
