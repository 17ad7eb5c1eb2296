import { fixed, type Question } from './question.js'

export const replication: readonly Question[] = [
  {
    id: 'copies-survive',
    ask(random) {
      const replicas = 2 + random.below(4)
      return {
        text: `Each key is on ${replicas} nodes. How many nodes may die at the same time without losing a key for certain?`,
        answer: String(replicas - 1),
        near: 0,
        explanation: `${replicas - 1}: one copy is always left. With ${replicas} dead nodes those keys are lost that had all their copies there.`,
        command: `cachelab replicate sweep --replicas ${replicas} --nodes ${replicas + 2} --keys 500`,
      }
    },
  },
  {
    id: 'write-amplification',
    ask(random) {
      const [replicas, writes] = [2 + random.below(3), 100 * (1 + random.below(9))]
      return {
        text: `A client writes ${writes} values with a replication factor of ${replicas}. How many copies do the nodes store?`,
        answer: String(replicas * writes),
        near: 0,
        explanation: `${writes} × ${replicas}: the write amplification is the number of copies.`,
        command: `cachelab replicate --replicas ${replicas} --nodes ${replicas + 1} --keys 500`,
      }
    },
  },
  {
    id: 'messages',
    ask(random) {
      const replicas = 2 + random.below(4)
      return {
        text: `A client writes a key to its ${replicas} owners and waits for all of them. How many messages is that, requests and answers together?`,
        answer: String(2 * replicas),
        near: 0,
        explanation: `A request to each owner and an answer from each: 2 × ${replicas}.`,
        command: `cachelab replicate trace user:7 --replicas ${replicas} --nodes ${replicas + 1}`,
      }
    },
  },
  {
    id: 'hops',
    ask(random) {
      const nodes = 4 + random.below(5)
      return {
        text: `${nodes} nodes, two copies of each key, and one node has just died. Reads try the primary first. How many hops does a read take on average?`,
        answer: (1 + 1 / nodes).toFixed(2),
        near: 0.06,
        explanation: `About 1/${nodes} of the keys have the dead node as their primary: these take a second hop.`,
        command: `cachelab replicate --nodes ${nodes} --kill node-B --keys 2000`,
      }
    },
  },
  {
    id: 'quorum',
    ask(random) {
      const replicas = 3 + 2 * random.below(2)
      const writes = 1 + random.below(replicas)
      return {
        text: `${replicas} copies, a write waits for ${writes}. How many must a read ask at least, so that it always meets the last write?`,
        answer: String(replicas - writes + 1),
        near: 0,
        explanation: `R + W > N: ${replicas - writes + 1} + ${writes} > ${replicas}. Fewer could all be nodes that have not got the write yet.`,
        command: `cachelab replicate check --nodes ${replicas + 1} --replicas ${replicas} --modes quorum --write-quorum ${writes} --read-quorum ${replicas - writes + 1} --schedules 20`,
      }
    },
  },
  fixed('where-copies', {
    text: 'Where does the second copy of a key belong on a ring with virtual nodes?',
    answer: 'on the next different node clockwise',
    others: [
      'on the next virtual node, whosever it is',
      'on the node with most room',
      'on the node before, counter-clockwise',
    ],
    explanation: 'The next virtual node may be one of the same node: two copies there die together.',
    command: 'cachelab ring route user:1 user:2 user:3',
  }),
  fixed('async', {
    text: 'A write counts as done when the primary has it, and the copy follows a little later. What can go wrong?',
    answer: 'the primary dies before the copy: an acknowledged write is lost',
    others: ['reads become slower', 'two nodes become primary', 'nothing, if there are three copies'],
    explanation:
      'That is the price of not waiting. However many copies there will be, at that moment there is one.',
    command: 'cachelab replicate check --modes sync,async --schedules 100',
  }),
  fixed('null-or-error', {
    text: 'No owner of a key answers. What should a cache client report?',
    answer: 'an error: it can’t know whether the key exists',
    others: ['a miss', 'an empty value', 'the value that it saw last'],
    explanation: 'A miss means that the cache was asked and hasn’t got the key. Here nobody was reached.',
    command: 'cachelab replicate timeline --replicas 1 --kill node-B@1s --duration 2s --keys 100',
  }),
]
