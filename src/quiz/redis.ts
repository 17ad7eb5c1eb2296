import { hashText } from '../hashing/index.js'
import { keySlot, SLOTS } from '../placement/slots.js'
import { shuffle } from '../random/random.js'
import { fixed, type Question } from './question.js'
import { commandsOfRedis } from './redis-commands.js'

const structures = ['String', 'Hash', 'List', 'Set', 'Sorted Set']

/** Which data structure suits a need, as in the lesson's first practice problem. */
function structure(
  id: string,
  need: string,
  answer: string,
  explanation: string,
  command = `cachelab redis choose ${id}`,
): Question {
  return {
    id,
    ask: (random) => ({
      text: `Which Redis data structure suits: ${need}?`,
      choices: shuffle([...structures], random),
      answer,
      explanation,
      command,
    }),
  }
}

export const redis: readonly Question[] = [
  structure(
    'session',
    'a user’s session with name, role and rights, whose fields change one at a time',
    'Hash',
    'HSET writes a single field; as a text the whole session would be read and written.',
  ),
  structure(
    'leaderboard',
    'the leaderboard of a game, by score',
    'Sorted Set',
    'ZADD keeps members in the order of their scores, and ZREVRANGE reads the top in O(log N + M).',
  ),
  structure(
    'recent',
    'the ten products that a user looked at last',
    'List',
    'LPUSH puts the newest in front, LTRIM cuts the rest off.',
  ),
  structure(
    'likes',
    'the posts that a user likes: each once, in no order',
    'Set',
    'SADD ignores what is there already, SISMEMBER answers in O(1).',
  ),
  structure(
    'counter',
    'how often a page was viewed',
    'String',
    'INCR adds one atomically, without reading first.',
    'cachelab redis demo rate-limit',
  ),
  structure(
    'queue',
    'jobs that workers take in the order in which they came',
    'List',
    'RPUSH at one end, BLPOP at the other, which waits while there is none.',
  ),
  fixed('common-friends', {
    text: 'user:A:following and user:B:following are sets. Which command finds whom both follow?',
    answer: 'SINTER user:A:following user:B:following',
    others: [
      'SUNION user:A:following user:B:following',
      'SDIFF user:A:following user:B:following',
      'SMEMBERS user:A:following user:B:following',
    ],
    explanation:
      'The intersection. In a Cluster both keys must be in one slot, which a hash tag would see to.',
    command: 'cachelab ring route user:A:following user:B:following --placement slots',
  }),
  {
    id: 'slot',
    ask(random) {
      const user = random.below(10_000)
      const slot = hashText(keySlot, `user:${user}`)
      return {
        text: `CRC16("user:${user}") modulo 16384 is ${slot}. In which slot is the key "orders:{user:${user}}"?`,
        answer: String(slot),
        near: 0,
        explanation: 'In the same: only what is between the braces, the hash tag, is hashed.',
        command: `cachelab ring route user:${user} orders:{user:${user}} --placement slots`,
      }
    },
  },
  {
    id: 'slots-a-node',
    ask(random) {
      const nodes = [2, 4, 8, 16][random.below(4)]
      return {
        text: `A Redis Cluster has ${nodes} primaries with equal parts. How many hash slots has each?`,
        answer: String(SLOTS / nodes),
        near: 0,
        explanation: `16384 ÷ ${nodes}.`,
        command: `cachelab ring compare --nodes ${nodes} --add 1`,
      }
    },
  },
  fixed('lock', {
    text: 'What makes SET lock:resource owner NX EX 30 a lock?',
    answer: 'NX: it is set only if the key does not exist; EX: it goes away if the owner dies',
    others: [
      'EX: nobody else may write for 30 seconds',
      'the name of the key',
      'NX: nobody else may read it',
    ],
    explanation: 'Whoever gets OK holds the lock; without EX a crashed owner would hold it for ever.',
    command: 'cachelab redis demo lock',
  }),
  ...commandsOfRedis,
]
