import type { NodeReply, NodeRequest } from '../../redis-deployment/messages/protocol.js'
import type { Reading } from '../nodes/lanes.js'

/** Reads the messages with which sentinels agree, promote a replica and tell of it. `names` are the actors'. */
export function sentinelReading(names: readonly string[]): Reading {
  return ({ content, to }) => {
    const text = 'kind' in content ? asked(content, names) : answered(content, names)
    // All sentinels publish what they know again and again: what is drawn is who tells whom first.
    const isNews = 'kind' in content && (content.kind === 'publish' || content.kind === 'hello')
    return text === undefined ? undefined : { text, ...(isNews && { once: `${to} ${text}` }) }
  }
}

function asked(request: NodeRequest, names: readonly string[]): string | undefined {
  switch (request.kind) {
    case 'is-master-down':
      return request.candidate === undefined
        ? `is ${names[request.master]} down?`
        : `vote for ${names[request.candidate]}, epoch ${request.epoch}`
    case 'replicaof':
      return `REPLICAOF ${request.master === undefined ? 'NO ONE' : names[request.master]}`
    case 'publish':
    case 'hello':
      // Epoch 0 is the master that all have known from the start.
      return request.hello.configEpoch > 0 ? `the master is ${names[request.hello.master]}` : undefined
    default:
      return undefined
  }
}

function answered(reply: NodeReply, names: readonly string[]): string | undefined {
  if (reply.status !== 'master-state') return undefined
  const { isDown, leader } = reply.state
  return leader === undefined ? (isDown ? 'yes' : 'no') : `my vote: ${names[leader]}`
}
