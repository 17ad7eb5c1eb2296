import { createRandom, shuffle } from '../random/random.js'
import { eviction } from './eviction.js'
import type { Asked, Question } from './question.js'
import { redis } from './redis.js'
import { replication } from './replication.js'
import { ring } from './ring.js'
import { distributed, servers, systems } from './systems.js'

/** Every question by topic, in the order of the lesson. */
export const quizTopics: Readonly<Record<string, readonly Question[]>> = {
  distributed,
  redis,
  systems,
  servers,
  ring,
  replication,
  eviction,
}

export const quizTopicNames = Object.keys(quizTopics)

/** A question as it is asked, and where it is from. */
export interface Drawn extends Asked {
  readonly topic: string
  readonly id: string
}

/** Questions from a topic or from all, in an order and with numbers that the seed alone decides. */
export function drawQuiz(topic: string | undefined, seed: number): Drawn[] {
  const topics = topic === undefined ? quizTopicNames : [topic]
  const questions = topics.flatMap((name) =>
    quizTopics[name].map((question) => ({
      ...question.ask(createRandom(seed, `quiz/${name}/${question.id}`)),
      topic: name,
      id: question.id,
    })),
  )
  return shuffle(questions, createRandom(seed, 'quiz order'))
}
