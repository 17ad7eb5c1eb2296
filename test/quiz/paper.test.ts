import { describe, expect, test } from 'vitest'
import { readNumber } from '../../src/questions/reading.js'
import { drawQuiz } from '../../src/quiz/index.js'
import { giftPaper, htmlPaper, markdownPaper } from '../../src/quiz/paper.js'

interface GiftAnswer {
  /** Percent of the points. */
  readonly weight: number
  readonly text: string
  readonly feedback: string
}
interface GiftQuestion {
  readonly name: string
  readonly text: string
  readonly isNumber: boolean
  readonly answers: readonly GiftAnswer[]
  readonly feedback: string
}

/** Splits at a mark that has no backslash before it. */
const split = (text: string, mark: RegExp) => text.split(new RegExp(`(?<!\\\\)${mark.source}`))
const plain = (text: string) => text.replaceAll(/\\(.)/g, '$1').trim()

/** Reads GIFT as Moodle's documentation of the format describes it. */
function readGift(paper: string): GiftQuestion[] {
  return paper
    .trim()
    .split(/\n{2,}/)
    .map((question) => {
      const [, name, text, body] = /^::(.*?)::(.*?)(?<!\\)\{(.*)(?<!\\)\}$/s.exec(question)!
      const [answers, feedback = ''] = split(body, /####/)
      const isNumber = answers.startsWith('#')
      const parts = split(isNumber ? answers.slice(1) : answers, /(?=[=~])/).filter(
        (one) => one.trim() !== '',
      )
      return {
        name: plain(name),
        text: plain(text),
        isNumber,
        feedback: plain(feedback),
        answers: parts.map((part) => {
          const [, mark, weight, rest] = /^([=~])(?:%(-?[\d.]+)%)?(.*)$/s.exec(part)!
          const [answer, comment = ''] = split(rest, /#/)
          const points = weight === undefined ? (mark === '=' ? 100 : 0) : Number(weight)
          return { weight: points, text: plain(answer), feedback: plain(comment) }
        }),
      }
    })
}

/** The first answer in whose tolerance a number is, which is the one that Moodle takes. */
const takenFor = (number: number, { answers }: GiftQuestion) =>
  answers.find(({ text }) => {
    const [value, near] = text.split(':').map(Number)
    return Math.abs(number - value) <= near * (1 + 1e-9) + 1e-9
  })

describe.each([1, 2, 3])('papers of seed %i', (seed) => {
  const questions = drawQuiz(undefined, seed)

  test('GIFT has each question with what is behind each mistake', () => {
    const read = readGift(giftPaper({ title: '', questions }))
    expect(read.map(({ name }) => name)).toEqual(questions.map(({ topic, id }) => `${topic} ${id}`))
    for (const [i, { text, answer, near, choices, mistakes, explanation }] of questions.entries()) {
      const gift = read[i]
      expect([gift.text, gift.feedback]).toEqual([text, explanation])
      expect([gift.name, gift.isNumber]).toEqual([gift.name, near !== undefined])
      if (near === undefined) {
        expect(gift.answers.map((one) => one.text)).toEqual(choices)
        for (const one of gift.answers) {
          const why = mistakes.find((mistake) => mistake.answer === one.text)?.why ?? ''
          expect(one).toEqual({ text: one.text, weight: one.text === answer ? 100 : 0, feedback: why })
        }
        continue
      }
      expect(takenFor(readNumber(answer)!.value, gift)).toMatchObject({ weight: 100 })
      for (const mistake of mistakes)
        expect([gift.name, takenFor(readNumber(mistake.answer)!.value, gift)]).toMatchObject([
          gift.name,
          { weight: 0, feedback: mistake.why },
        ])
    }
  })

  test.each([
    ['Markdown', markdownPaper],
    ['HTML', htmlPaper],
  ])('%s has each question and each answer', (_, paper) => {
    const text = paper({ title: 'Caches', questions })
      .replaceAll(/\\(.)/g, '$1')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
    for (const { text: asked, answer, choices, explanation } of questions)
      for (const part of [asked, answer, explanation, ...choices]) expect(text).toContain(part)
  })
})
