import { createRandom, shuffle } from '../random/random.js'
import { type Asked, ask, parseQuestions, type Written } from './question.js'
import cluster from './topics/cluster.md'
import eviction from './topics/eviction.md'
import memcached from './topics/memcached.md'
import persistence from './topics/persistence.md'
import redis from './topics/redis.md'
import replication from './topics/replication.md'
import ring from './topics/ring.md'
import scripts from './topics/scripts.md'
import sentinel from './topics/sentinel.md'
import skew from './topics/skew.md'
import virtualNodes from './topics/virtual-nodes.md'
import why from './topics/why.md'

const texts = {
  why,
  redis,
  scripts,
  persistence,
  sentinel,
  cluster,
  memcached,
  ring,
  'virtual-nodes': virtualNodes,
  replication,
  eviction,
  skew,
}

/** Every question by topic; the topics are those of the walkthroughs. */
export const quizTopics: Readonly<Record<string, readonly Written[]>> = Object.fromEntries(
  Object.entries(texts).map(([topic, text]) => [topic, parseQuestions(text)]),
)

export const quizTopicNames = Object.keys(quizTopics)

/** A drawn question, with its topic. */
export interface Drawn extends Asked {
  readonly topic: string
}

/** Questions of one topic or of all, in an order and with numbers that only the seed decides. */
export function drawQuiz(topic: string | undefined, seed: number): Drawn[] {
  const topics = topic === undefined ? quizTopicNames : [topic]
  const questions = topics.flatMap((name) =>
    quizTopics[name].map((question) => ({
      ...ask(question, createRandom(seed, `quiz/${name}/${question.id}`)),
      topic: name,
    })),
  )
  return shuffle(questions, createRandom(seed, 'quiz order'))
}
