/** The lesson: its demos, its questions, and a search in all that explains it. */
import { experiment } from './experiment.js'

/**
 * The lesson’s demos of consistent hashing, with its numbers: that in `operands`, or all.
 *
 * @example
 * import { lessonDemo } from 'cachelab/lesson'
 * const { tables } = await lessonDemo({}, { operands: ['ring'] })
 * const keys = tables[0].rows.map((row) => [row.node, row.keys])
 * keys // [ [ 'node-A', 3722 ], [ 'node-B', 2910 ], [ 'node-C', 3368 ] ]
 */
export const lessonDemo = experiment<typeof import('../cli/commands/demo.js')>('demo')

/**
 * Questions on the topic in `operands`, with their answers.
 *
 * @example
 * import { quizQuestions } from 'cachelab/lesson'
 * const { tables } = await quizQuestions({}, { operands: ['ring'] })
 * const [{ question, answer }] = tables[0].rows
 * question // 'Keys go to server hash mod N. N grows from 15 to 16. What percentage of the keys changes servers?'
 * answer // '93.8 %'
 */
export const quizQuestions = experiment<typeof import('../cli/commands/quiz.js')>('quiz')

/**
 * Commands, documents and questions that fit the words in `operands`.
 *
 * @example
 * import { find } from 'cachelab/lesson'
 * const { tables } = await find({}, { operands: ['hot', 'key'] })
 * tables[0].rows[0] // { command: 'cachelab walk skew', kind: 'walkthrough', title: 'One hot key' }
 */
export const find = experiment<typeof import('../cli/commands/find.js')>('find')
