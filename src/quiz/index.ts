import { createRandom, shuffle } from '../random/random.js'
import { type Asked, ask, parseQuestions, type Question } from './question.js'
import distributed from './topics/distributed.md'
import eviction from './topics/eviction.md'
import redis from './topics/redis.md'
import replication from './topics/replication.md'
import ring from './topics/ring.md'
import servers from './topics/servers.md'
import systems from './topics/systems.md'

const texts = { distributed, redis, systems, servers, ring, replication, eviction }

/** Every question by topic, in the order of the lesson. */
export const quizTopics: Readonly<Record<string, readonly Question[]>> = Object.fromEntries(
  Object.entries(texts).map(([topic, text]) => [topic, parseQuestions(text)]),
)

export const quizTopicNames = Object.keys(quizTopics)

/** A drawn question, with its topic and id. */
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
