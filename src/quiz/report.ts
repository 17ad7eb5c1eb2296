import { lettered } from '../questions/judge.js'
import { reportOf } from '../report/build.js'
import { countOf } from '../report/format.js'
import type { Report } from '../report/index.js'
import { type Drawn, quizTopicNames } from './index.js'

/** By topic, as the lesson has them. */
export function inOrder(questions: readonly Drawn[]): Drawn[] {
  return [...questions].sort((a, b) => quizTopicNames.indexOf(a.topic) - quizTopicNames.indexOf(b.topic))
}

/** Questions as a table, with or without their answers. */
export function quizReport(questions: readonly Drawn[], seed: number, withAnswers: boolean): Report {
  const answers = ['choices', 'answer', 'explanation', 'command'] as const
  const columns = ['topic', 'id', 'question', ...(withAnswers ? answers : [])]
  return reportOf('quiz', {
    title: countOf(questions.length, 'question'),
    parameters: { seed },
    tables: {
      questions: {
        title: 'Questions',
        columns: Object.fromEntries(columns.map((key) => [key, key])),
        rows: questions.map(({ topic, id, text, choices, answer, explanation, command }) => ({
          topic,
          id,
          question: text,
          ...(withAnswers && {
            choices: choices.length > 0 ? lettered(choices).join('; ') : null,
            answer,
            explanation,
            command,
          }),
        })),
      },
    },
    findings: {},
  })
}
