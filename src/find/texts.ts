import { sections } from '../docs/search.js'
import { exerciseTexts } from '../grading/course.js'
import { quizTopics } from '../quiz/index.js'
import { commands } from '../redis/table.js'
import type { Entry } from './entry.js'

/** Everything that is written in the package, beside the commands themselves. */
export function texts(): Entry[] {
  return [
    ...sections().map(({ command, heading, texts }) => ({
      kind: command.startsWith('cachelab walk') ? ('walkthrough' as const) : ('document' as const),
      command,
      title: heading,
      text: texts.join('\n'),
    })),
    ...Object.entries(quizTopics).flatMap(([topic, questions]) =>
      questions.map(({ text, answer, mistakes, explanation }) => ({
        kind: 'question' as const,
        command: `cachelab quiz ${topic}`,
        title: text.replaceAll(/\{\w+\}/g, '…'),
        text: [answer, ...mistakes.map((mistake) => mistake.answer), explanation].join('\n'),
      })),
    ),
    ...exerciseTexts().map(({ slug, title, text }) => ({
      kind: 'exercise' as const,
      command: `cachelab check ${slug}`,
      title: `exercise: ${title}`,
      text,
    })),
    ...[...commands.values()].map(({ name, summary, group }) => ({
      kind: 'redis' as const,
      command: `cachelab redis explain ${name.replace('|', ' ').toUpperCase()}`,
      title: summary,
      text: group,
    })),
  ]
}
