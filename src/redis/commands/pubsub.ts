import type { Client } from '../client.js'
import { family, type Run } from '../command.js'
import { matchesGlob } from '../glob.js'
import { type Reply, Several, Typed } from '../reply.js'
import rows from './pubsub.json' with { type: 'json' }

type Kind = 'channels' | 'patterns'

function joining(kind: Kind, word: string): Run {
  return (client, [, ...names]) =>
    new Several(
      names.map((name) => {
        client.server.pubsub.join(kind, client, name)
        return told(client, word, name)
      }),
    )
}

function leaving(kind: Kind, word: string): Run {
  return (client, [, ...names]) => {
    const left = names.length > 0 ? names : [...client[kind]]
    if (left.length === 0) return told(client, word, null)
    return new Several(
      left.map((name) => {
        client.server.pubsub.leave(kind, client, name)
        return told(client, word, name)
      }),
    )
  }
}

const told = (client: Client, word: string, name: string | null): Reply =>
  new Typed('push', [word, name, client.subscriptions])

export const pubSub = family('pubsub', rows, {
  subscribe: joining('channels', 'subscribe'),
  psubscribe: joining('patterns', 'psubscribe'),
  unsubscribe: leaving('channels', 'unsubscribe'),
  punsubscribe: leaving('patterns', 'punsubscribe'),
  publish: ({ server }, [, channel, message]) => server.pubsub.publish(channel, message),
  'pubsub|channels': ({ server }, [, , pattern]) =>
    [...server.pubsub.channels.keys()].filter((name) => pattern === undefined || matchesGlob(pattern, name)),
  'pubsub|numpat': ({ server }) => server.pubsub.patterns.size,
  'pubsub|numsub': ({ server }, [, , ...names]) =>
    names.flatMap((name) => [name, server.pubsub.channels.get(name)?.size ?? 0]),
})
