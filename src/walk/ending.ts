import type { Ask, Step, Walkthrough } from './walkthrough.js'

type LastQuestion = Omit<Ask, 'kind'>

/** How many questions of its topic a walkthrough ends with. */
const QUESTIONS = 3

/** The steps of a walkthrough, then what was learnt, and the first few of some questions: a step each. */
export function withEnding(walk: Walkthrough, questions: readonly LastQuestion[]): Walkthrough {
  const asked = lastQuestions(questions)
  const learnt: Step = {
    title: 'What you have learnt',
    blocks: walk.learnt.map((text) => ({ kind: 'prose', text: `• ${text}` })),
  }
  return { ...walk, steps: [...walk.steps, learnt, ...asked.map(stepOf)] }
}

/** The questions that a walkthrough ends with: the first few. */
export const lastQuestions = (questions: readonly LastQuestion[]): Ask[] =>
  questions.slice(0, QUESTIONS).map((one) => ({ kind: 'question', ...one }))

const stepOf = (asked: Ask, index: number, { length }: readonly Ask[]): Step => ({
  title: `Question ${index + 1} of ${length}`,
  blocks: [asked],
})

/** How many steps a walkthrough has with its ending. */
export const lengthOf = ({ steps }: Walkthrough): number => steps.length + 1 + QUESTIONS
