import type { Client } from '../client.js'
import { family, type Run } from '../command.js'
import { matchesGlob } from '../glob.js'
import { type Reply, Several, Typed } from '../reply.js'

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

const table = `
psubscribe ¦ -2 ¦ pubsub noscript loading stale ¦ 0 0 0 ¦ O(N) for N patterns ¦ pattern [pattern ...] ¦ listens to channels by pattern
publish ¦ 3 ¦ pubsub loading stale fast ¦ 0 0 0 ¦ O(N+M) for N listeners, M patterns ¦ channel message ¦ sends a message to all who listen
pubsub|channels ¦ -2 ¦ pubsub loading stale ¦ 0 0 0 ¦ O(N) for N channels ¦ [pattern] ¦ channels that somebody listens to
pubsub|numpat ¦ 2 ¦ pubsub loading stale ¦ 0 0 0 ¦ O(1) ¦  ¦ how many patterns are listened to
pubsub|numsub ¦ -2 ¦ pubsub loading stale ¦ 0 0 0 ¦ O(N) for N channels ¦ [channel [channel ...]] ¦ how many listen to each channel
punsubscribe ¦ -1 ¦ pubsub noscript loading stale ¦ 0 0 0 ¦ O(N) for N patterns ¦ [pattern [pattern ...]] ¦ stops listening by pattern
subscribe ¦ -2 ¦ pubsub noscript loading stale ¦ 0 0 0 ¦ O(N) for N channels ¦ channel [channel ...] ¦ listens to channels
unsubscribe ¦ -1 ¦ pubsub noscript loading stale ¦ 0 0 0 ¦ O(N) for N channels ¦ [channel [channel ...]] ¦ stops listening to channels
`

export const pubSub = family('pubsub', table, {
  subscribe: joining('channels', 'subscribe'),
  psubscribe: joining('patterns', 'psubscribe'),
  unsubscribe: leaving('channels', 'unsubscribe'),
  punsubscribe: leaving('patterns', 'punsubscribe'),
  publish: ({ server }, [, channel, message]) => server.pubsub.publish(channel, message),
  'pubsub|channels': ({ server }, [, , pattern]) =>
    [...server.pubsub.channels.keys()].filter((name) => pattern === undefined || matchesGlob(pattern, name)),
  'pubsub|numpat': ({ server }) => server.pubsub.patterns.size,
  'pubsub|numsub': ({ server }, [, , ...names]) =>
    new Typed(
      'map',
      names.flatMap((name) => [name, server.pubsub.channels.get(name)?.size ?? 0]),
    ),
})
