import { describe, expect, test } from 'vitest'
import { judge } from '../../src/questions/judge.js'
import { readNumber } from '../../src/questions/reading.js'
import { draws } from '../../src/quiz/draws.js'
import { drawQuiz, quizTopicNames, quizTopics } from '../../src/quiz/index.js'
import { byLayer, testOnce } from '../layer.js'
import { cachelab, shell } from './in-process.js'
import { root } from './run.js'
import { Session } from './session.js'

const all = drawQuiz(undefined, 1)

describe('questions', () => {
  test('there are about a hundred, each once, at least six on every topic, and half are drawn anew', () => {
    expect(all.length).toBeGreaterThanOrEqual(95)
    expect(all.filter(({ id }) => id in draws).length).toBeGreaterThanOrEqual(all.length / 2)
    expect(new Set(all.map(({ topic, id }) => `${topic}/${id}`)).size).toBe(all.length)
    for (const topic of quizTopicNames) expect(quizTopics[topic].length).toBeGreaterThanOrEqual(3)
  })

  test('what is drawn stands in the text, and nothing else does', () => {
    const ids = Object.values(quizTopics)
      .flat()
      .map(({ id }) => id)
    expect(Object.keys(draws).filter((id) => !ids.includes(id))).toEqual([])
    for (const { id, text, choices, answer, explanation, command } of all) {
      const shown = [text, ...choices, answer, explanation, command].join('\n')
      // A hash tag without a colon is the only text in braces that nobody draws.
      expect([id, shown.replaceAll('{t}', '').match(/\{\w+\}|undefined|NaN/)]).toEqual([id, null])
    }
  })

  test('every mistake has an explanation of its own, and is wrong', () => {
    for (let seed = 1; seed <= 60; seed++) {
      for (const { topic, id, answer, near, mistakes } of drawQuiz(undefined, seed)) {
        const where = `${topic}/${id}`
        expect([where, mistakes.length > 0]).toEqual([where, true])
        expect([where, mistakes.filter(({ why }) => !why)]).toEqual([where, []])
        expect([where, new Set(mistakes.map(({ why }) => why)).size]).toEqual([where, mistakes.length])
        if (near === undefined) continue
        const right = amountOf(answer)
        const alsoRight = mistakes.filter((one) => Math.abs(amountOf(one.answer) - right) <= near)
        expect([where, seed, alsoRight]).toEqual([where, seed, []])
        const numbers = mistakes.map((one) => amountOf(one.answer))
        expect([where, seed, new Set(numbers).size]).toEqual([where, seed, mistakes.length])
      }
    }
  })

  test('the seed alone decides, and another seed draws other numbers', () => {
    expect(drawQuiz(undefined, 1)).toEqual(all)
    const numbers = (seed: number) => new Map(drawQuiz(undefined, seed).map(({ id, text }) => [id, text]))
    const [one, two] = [numbers(1), numbers(2)]
    expect([...one].filter(([id, text]) => two.get(id) !== text).length).toBeGreaterThan(15)
  })

  test('the answer counts, as a letter too, and no other choice does', () => {
    for (const seed of [1, 2, 3]) {
      for (const question of drawQuiz(undefined, seed)) {
        expect([question.id, judge(question.answer, question, question.choices).kind]).toEqual([
          question.id,
          'right',
        ])
        expect(judge('', question, question.choices).kind).toBe('unread')
        const { choices } = question
        if (choices.length > 0) {
          expect(new Set(choices).size).toBe(choices.length)
          const letters = choices.filter((_, i) => judge('abcdefgh'[i], question, choices).kind === 'right')
          expect(letters).toEqual([question.answer])
        }
      }
    }
  })
})

/** One question a topic is enough for the quick layer: most commands are experiments that have tests of their own. */
const shown = byLayer(
  quizTopicNames.map((name) => all.find(({ topic }) => topic === name)!),
  all,
)

test.each(shown.map(({ topic, id, command }) => [`${topic}/${id}`, command]))(
  '%s: its command runs',
  async (_, command) => {
    const { code, stderr } = await shell(command)
    expect([command, code, stderr]).toEqual([command, 0, ''])
  },
)

const isNumber = ({ id, near }: { id: string; near?: number }) => near !== undefined && id in draws
const numbersIn = (text: string) =>
  [...text.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([number]) => Number(number.replaceAll(',', '')))
const amountOf = (text: string) => readNumber(text)!.value

describe('numbers agree with what the command prints', () => {
  const numeric = all.filter(isNumber)
  const some = byLayer(numeric.slice(0, 3), numeric)

  test.each(some.map((question) => [`${question.topic}/${question.id}`, question] as const))(
    '%s',
    async (_, { command, answer, near = 0 }) => {
      const { stdout } = await shell(command)
      const distance = Math.min(...numbersIn(stdout).map((number) => Math.abs(number - amountOf(answer))))
      expect([command, answer, distance <= near + 1e-9 || `off by ${distance}`]).toEqual([
        command,
        answer,
        true,
      ])
    },
  )
})

describe('the command', () => {
  testOnce('answers from a pipe are judged', async () => {
    const questions = drawQuiz('ring', 5).slice(0, 3)
    const input = `${questions[0].answer}\nnonsense\n${questions[2].answer}\n`
    const { stdout, code } = await cachelab(['quiz', 'ring', '--seed', '5', '--questions', '3'], { input })
    expect(code).toBe(0)
    expect(stdout).toContain(`> nonsense\nWrong. Answer: ${questions[1].answer}.`.slice(0, 30))
    expect(stdout.match(/^Right: /gm)).toHaveLength(2)
    expect(stdout.endsWith('2 of 3 right.\n')).toBe(true)
  })

  testOnce('on a terminal an answer is typed, and may be corrected', async () => {
    const seed = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((one) => drawQuiz('sentinel', one)[0].choices.length > 0)!
    const [question] = drawQuiz('sentinel', seed)
    const wrong = question.choices.findIndex((choice) => choice !== question.answer)
    const right = question.choices.indexOf(question.answer)
    const session = new Session(root, ['quiz', 'sentinel', '--questions', '1', '--seed', String(seed)])
    await session.see('> ')
    session.press(`${'abcd'[wrong]}\u007f${'abcd'[right]}\r`)
    await session.see('Right: ')
    await session.see('1 of 1 right.')
    expect(await session.ended).toBe(0)
  })

  testOnce('interrupted', async () => {
    const session = new Session(root, ['quiz'])
    await session.see('> ')
    session.press('\u0003')
    expect(await session.ended).toBe(130)
  })

  testOnce('Ctrl-D ends it, and what was not asked does not count', async () => {
    const session = new Session(root, ['quiz', '--questions', '3'])
    await session.see('> ')
    session.press('\r')
    await session.see('Answer: ')
    await session.see('> ')
    session.press('\u0004')
    await session.see('0 of 1 right, and 2 not answered.')
    expect(await session.ended).toBe(0)
  })

  testOnce('without answers it shows them', async () => {
    const { stdout, code } = await cachelab(['quiz', '--questions', '2'])
    expect(code).toBe(0)
    expect(stdout.match(/^Answer: /gm)).toHaveLength(2)
    expect(stdout.endsWith('0 of 2 right.\n')).toBe(true)
  })

  testOnce('json', async () => {
    const { stdout } = await cachelab(['quiz', 'eviction', '--format', 'json', '--questions', '2'])
    const { rows } = JSON.parse(stdout).tables[0]
    expect(rows).toHaveLength(2)
    for (const row of rows)
      expect(Object.keys(row)).toEqual([
        'topic',
        'id',
        'question',
        'choices',
        'answer',
        'explanation',
        'command',
      ])
  })

  testOnce('bad input', async () => {
    for (const [args, text] of [
      [['quiz', 'rings'], '(did you mean ring?)'],
      [['quiz', '--questions', '0'], '--questions must be a whole number from 1'],
      [['quiz', '--seed', 'x'], '--seed must be a whole number'],
    ] as const) {
      const { stderr, code } = await cachelab(args)
      expect(code).toBe(2)
      expect(stderr).toContain(text)
    }
  })
})
