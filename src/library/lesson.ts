/** The lesson: its demos, its questions, and a search in all that explains it. */
import { experiment } from './experiment.js'

/** The lesson’s demos of consistent hashing, with its numbers: that in `operands`, or all. */
export const lessonDemo = experiment<typeof import('../cli/commands/demo.js')>('demo')

/** Questions on the topic in `operands`, with their answers. */
export const quizQuestions = experiment<typeof import('../cli/commands/quiz.js')>('quiz')

/** Commands, documents and questions that fit the words in `operands`. */
export const find = experiment<typeof import('../cli/commands/find.js')>('find')
