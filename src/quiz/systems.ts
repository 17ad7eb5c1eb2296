import { fixed, type Question } from './question.js'

export const systems: readonly Question[] = [
  fixed('sentinel-or-cluster-size', {
    text: '10 GB of data, servers with 64 GB, and the service must outlive the loss of one. What fits?',
    answer: 'Sentinel',
    others: ['Cluster', 'Memcached', 'a single Redis'],
    explanation: 'One server holds it all; what is missing is the failover.',
    command: 'cachelab replicate --nodes 2 --kill node-A --keys 500',
  }),
  fixed('sentinel-or-cluster-terabyte', {
    text: '1 TB of data that must spread over servers. What fits?',
    answer: 'Cluster',
    others: ['Sentinel', 'a larger Sentinel', 'a replica for each region'],
    explanation: 'Sentinel has a single primary, which holds everything. Cluster shards by slot.',
    command: 'cachelab ring compare --nodes 6 --add 1',
  }),
  fixed('transactions', {
    text: 'Many transactions over several keys, which may be any. What fits?',
    answer: 'Sentinel',
    others: ['Cluster', 'Memcached', 'a client that shards'],
    explanation: 'A Cluster runs a transaction only where all keys are in one slot.',
    command: 'cachelab ring route account:1 account:2 --placement slots',
  }),
  fixed('sentinel-agreement', {
    text: 'When do Sentinels replace a primary?',
    answer: 'when enough of them agree that it is down, and a majority elects the one that does it',
    others: [
      'when the first of them gets no answer',
      'when the replica asks for it',
      'when a client reports an error',
    ],
    explanation:
      'A single one could be cut off itself. Agreement keeps a network fault from making two primaries.',
    command:
      "cachelab replicate timeline --partition 'node-A|node-B,node-C@1s' --heal @2s --duration 3s --keys 100",
  }),
  fixed('sentinel-scale', {
    text: 'What does Sentinel not give you?',
    answer: 'room for more data and writes than one server has',
    others: ['failover', 'monitoring', 'the current primary’s address'],
    explanation: 'All writes go to the one primary; replicas only copy it.',
    command: 'cachelab replicate scale',
  }),
  fixed('memcached-threads', {
    text: 'What speaks for Memcached?',
    answer: 'a plain cache of small values on many cores',
    others: ['sorted sets', 'data that outlives a restart', 'replicas'],
    explanation: 'It is multi-threaded, and frugal with memory; anything beyond get and set it hasn’t got.',
    command: 'cachelab evict --policies lru',
  }),
  fixed('memcached-shards', {
    text: 'Who decides on which Memcached server a key is?',
    answer: 'the client, by hashing',
    others: ['a coordinator', 'the first server that is asked', 'a table of slots'],
    explanation: 'The servers don’t know of each other. Clients with the same list and the same hash agree.',
    command: 'cachelab ring route user:1 --nodes cache1,cache2,cache3 --placement modulo',
  }),
  fixed('memcached-value', {
    text: 'How large may a value be in Memcached, as it is set up by default?',
    answer: '1 MB',
    others: ['1 kB', '64 MB', '512 MB'],
    explanation: 'Redis takes up to 512 MB, which doesn’t make it a good idea.',
    command: 'cachelab evict policies',
  }),
]

export const distributed: readonly Question[] = [
  fixed('local-cache', {
    text: 'Three servers, each with a cache in its own memory. What goes wrong?',
    answer: 'they hold different values for the same key, and it is stored three times',
    others: ['reads get slower', 'keys are lost when a server is added', 'each needs a Sentinel'],
    explanation:
      'Nobody tells the other two when one value changes. A shared cache is one hop further, and one truth.',
    command: 'cachelab evict distributed',
  }),
  {
    id: 'memory-waste',
    ask(random) {
      const [servers, gigabytes] = [3 + random.below(8), 2 + random.below(9)]
      return {
        text: `${servers} servers each cache the same ${gigabytes} GB locally. How many GB would one shared cache need?`,
        answer: String(gigabytes),
        near: 0,
        explanation: `${gigabytes} instead of ${servers * gigabytes}: each value is there once.`,
        command: 'cachelab evict distributed --nodes 3',
      }
    },
  },
  {
    id: 'copies-memory',
    ask(random) {
      const [data, replicas, nodes] = [60 * (1 + random.below(9)), 2 + random.below(2), 3 + random.below(3)]
      return {
        text: `${data} GB of keys, ${replicas} copies of each, on ${nodes} nodes. How many GB does a node hold on average?`,
        answer: String((data * replicas) / nodes),
        near: 1,
        explanation: `${data} × ${replicas} ÷ ${nodes}.`,
        command: `cachelab replicate --nodes ${nodes} --replicas ${replicas} --keys 500`,
      }
    },
  },
  {
    id: 'mean-latency',
    ask(random) {
      const hit = 50 + 5 * random.below(10)
      const mean = (hit / 100) * 1 + (1 - hit / 100) * 21
      return {
        text: `The cache answers in 1 ms, and ${hit} % of the reads hit. A miss costs 20 ms more, for the database. What is the mean, in ms?`,
        answer: mean.toFixed(1),
        near: 0.15,
        explanation: '1 ms for all, and 20 ms for each miss: the misses decide.',
        command: 'cachelab evict',
      }
    },
  },
  {
    id: 'load-from-misses',
    ask(random) {
      const [before, after] = [90 + random.below(6), 99]
      return {
        text: `The hit ratio falls from ${after} % to ${before} %. By which factor does the load on the database grow?`,
        answer: String(100 - before),
        near: 0.1,
        explanation: `From 1 % of the requests to ${100 - before} %: what looks like a few points multiplies the misses.`,
        command: 'cachelab replicate scale',
      }
    },
  },
  fixed('local-speed', {
    text: 'What is a local cache better at than a distributed one?',
    answer: 'latency: no network in between',
    others: ['consistency', 'capacity', 'outliving a restart'],
    explanation:
      'Nanoseconds instead of a millisecond. Many systems have both, with short lives in the local one.',
    command: 'cachelab evict distributed --nodes 2',
  }),
]
