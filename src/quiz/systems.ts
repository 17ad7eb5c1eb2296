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

/** Sentinel, Cluster and Memcached at work. */
export const servers: readonly Question[] = [
  fixed('sentinel-majority', {
    text: 'Three sentinels, quorum 1, and two of them are dead. The master dies too. What does the third one do?',
    answer: 'it finds the master down, and is never elected to act',
    others: ['it promotes a replica', 'nothing: it doesn’t notice', 'it becomes the master'],
    explanation:
      'The quorum decides who may believe it; a majority of all sentinels, dead ones too, who may act.',
    command: 'cachelab sentinel show quorum-1',
  }),
  fixed('sentinel-loss', {
    text: 'Sentinel promotes a replica. Which acknowledged writes are gone?',
    answer: 'those that the dead master had not passed on yet',
    others: ['none: a failover loses nothing', 'all since the last snapshot', 'those of the last minute'],
    explanation:
      'Replication is asynchronous. What was acknowledged and not yet passed on died with the master.',
    command: 'cachelab sentinel run --kill master@1s --duration 6s --rate 500',
  }),
  fixed('sentinel-patience', {
    text: 'What does a shorter down-after-milliseconds cost?',
    answer: 'false failovers of a master that was only slow',
    others: ['memory', 'longer outages', 'more replicas'],
    explanation: 'Silence is all that is seen; a short patience takes slowness for death.',
    command: 'cachelab sentinel run --sweep down-after --runs 1',
  }),
  fixed('sentinel-split', {
    text: 'The old master is cut off, with a client. What becomes of what that client writes?',
    answer: 'it is acknowledged, and lost when the network heals',
    others: ['it is refused at once', 'it is merged later', 'it is kept by the sentinels'],
    explanation:
      'It becomes a replica of the new master and takes its data. min-replicas-to-write bounds that.',
    command: 'cachelab sentinel show split-brain',
  }),
  {
    id: 'cluster-slots-moved',
    ask(random) {
      const masters = 3 + random.below(6)
      return {
        text: `A cluster of ${masters} masters, evenly filled, gets one more. How many of the 16,384 slots move at the least?`,
        answer: String(Math.floor(16_384 / (masters + 1))),
        near: 1,
        explanation: `The new one gets its even share, 16,384 ÷ ${masters + 1}; nothing else has to move.`,
        command: `cachelab cluster add-node --masters ${masters} --keys 500 --rate 50 --pipeline 10`,
      }
    },
  },
  {
    id: 'cluster-majority',
    ask(random) {
      const masters = 3 + random.below(7)
      return {
        text: `${masters} masters, enough replicas. How many masters may be dead at once so that the others can still elect?`,
        answer: String(masters - (Math.floor(masters / 2) + 1)),
        near: 0,
        explanation: `A majority of all ${masters}, the dead among them, is ${Math.floor(masters / 2) + 1}.`,
        command: `cachelab cluster create --masters ${masters} --replicas 1`,
      }
    },
  },
  fixed('cluster-tag', {
    text: 'Which key is in the same slot as {user:1}:cart?',
    answer: '{user:1}:orders',
    others: ['user:1:cart', '{user:1:cart}', 'cart:{user:2}'],
    explanation: 'Of a key with braces only what stands between the first { and the next } is hashed.',
    command: "cachelab cluster slot '{user:1}:cart' '{user:1}:orders' user:1:cart",
  }),
  fixed('cluster-ask', {
    text: 'How does ASK differ from MOVED?',
    answer: 'it holds for this one command: the slot is still on its way',
    others: ['it is slower', 'the client asks all nodes', 'it means that the key does not exist'],
    explanation:
      'MOVED says whose the slot is, so a client remembers it. After ASK the old owner is asked again.',
    command: "printf '!open 15891 node-A\\nGET {t}1\\nGET {t}1\\n' | cachelab cluster run -",
  }),
  fixed('cluster-coverage', {
    text: 'One of three masters is dead and not yet replaced. What do the other two answer, as Redis is set up by default?',
    answer: 'CLUSTERDOWN, once a majority holds the third one for dead',
    others: ['all is as before', 'MOVED to the replica', 'TRYAGAIN'],
    explanation: 'cluster-require-full-coverage: with one slot missing, none is served.',
    command: 'cachelab cluster failover --duration 7s --rate 200',
  }),
  fixed('memcached-calcification', {
    text: 'Values grow from 100 bytes to 10 kB, and the hit ratio stays low although there is memory. Why?',
    answer: 'the pages belong to the class of the small values',
    others: ['keys collide', 'the values are compressed', 'large values expire sooner'],
    explanation: 'Calcification. A page mover, or a restart, gives pages to where they are needed.',
    command: 'cachelab memcached calcify --memory 4 --rate 500',
  }),
  fixed('memcached-eject', {
    text: 'One of four Memcached servers dies, and clients take it out of hash mod N. What follows?',
    answer: 'about three keys of four are missed',
    others: ['a quarter of the keys is missed', 'nothing', 'all clients stop'],
    explanation: 'Modulo renumbers. With ketama only the dead server’s quarter moves.',
    command: 'cachelab memcached ring --distribution modulo',
  }),
]

export const distributed: readonly Question[] = [
  fixed('local-duplicates', {
    text: 'Four servers, the same memory in all. Why do four local caches hit less often than one shared cache?',
    answer: 'the popular keys are in each of them',
    others: ['they are slower', 'they expire sooner', 'the network loses requests'],
    explanation: 'What is held four times leaves room for fewer different keys.',
    command: 'cachelab tiers --duration 5s',
  }),
  fixed('lost-invalidation', {
    text: 'Servers tell each other what they wrote. A message is lost, and entries have no TTL. How long is the entry stale?',
    answer: 'until it is evicted or written again',
    others: ['for a second', 'until the next read', 'until the database restarts'],
    explanation: 'Nobody notices the loss. A TTL is the bound that messages lack.',
    command: 'cachelab tiers --ttl none --message-loss 0.1 --duration 5s',
  }),
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
