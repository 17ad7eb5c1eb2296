import type { Client } from '../client.js'
import { family, type Run } from '../command.js'
import { matchesGlob } from '../glob.js'
import type { Subscription } from '../pubsub.js'
import { RedisError, type Reply, Several, Typed, wrongForm } from '../reply.js'
import rows from './pubsub.json' with { type: 'json' }

function joining(kind: Subscription, word: string): Run {
  return (client, [, ...names]) => {
    if (client.inTransaction && kind === 'shardChannels')
      throw new RedisError("ERR SSUBSCRIBE isn't allowed for a DENY BLOCKING client")
    return new Several(
      names.map((name) => {
        client.server.pubsub.join(kind, client, name)
        return told(client, kind, word, name)
      }),
    )
  }
}

function leaving(kind: Subscription, word: string): Run {
  return (client, [, ...names]) => {
    const left = names.length > 0 ? names : [...client[kind]]
    if (left.length === 0) return told(client, kind, word, null)
    return new Several(
      left.map((name) => {
        client.server.pubsub.leave(kind, client, name)
        return told(client, kind, word, name)
      }),
    )
  }
}

const told = (client: Client, kind: Subscription, word: string, name: string | null): Reply =>
  new Typed('push', [word, name, kind === 'shardChannels' ? client.shardChannels.size : client.subscriptions])

const channels =
  (kind: 'channels' | 'shardChannels'): Run =>
  ({ server }, argv) => {
    if (argv.length > 3) throw wrongForm(argv)
    const [, , pattern] = argv
    return [...server.pubsub[kind].keys()].filter(
      (name) => pattern === undefined || matchesGlob(pattern, name),
    )
  }

const counts =
  (kind: 'channels' | 'shardChannels'): Run =>
  ({ server }, [, , ...names]) =>
    names.flatMap((name) => [name, server.pubsub[kind].get(name)?.size ?? 0])

export const pubSub = family('pubsub', rows, {
  subscribe: joining('channels', 'subscribe'),
  psubscribe: joining('patterns', 'psubscribe'),
  ssubscribe: joining('shardChannels', 'ssubscribe'),
  unsubscribe: leaving('channels', 'unsubscribe'),
  punsubscribe: leaving('patterns', 'punsubscribe'),
  sunsubscribe: leaving('shardChannels', 'sunsubscribe'),
  publish: ({ server }, [, channel, message]) => server.pubsub.publish(channel, message),
  spublish: ({ server }, [, channel, message]) => server.pubsub.publishInShard(channel, message),
  'pubsub|channels': channels('channels'),
  'pubsub|numpat': ({ server }) => server.pubsub.patterns.size,
  'pubsub|numsub': counts('channels'),
  'pubsub|shardchannels': channels('shardChannels'),
  'pubsub|shardnumsub': counts('shardChannels'),
})
