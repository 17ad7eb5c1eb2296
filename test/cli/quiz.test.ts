import { describe, expect, test } from 'vitest'
import { draws } from '../../src/quiz/draws.js'
import { drawQuiz, quizTopicNames, quizTopics } from '../../src/quiz/index.js'
import { isRight } from '../../src/quiz/question.js'
import { byLayer } from '../layer.js'
import { cachelab, shell } from './in-process.js'
import { root } from './run.js'
import { Session } from './session.js'

const all = drawQuiz(undefined, 1)

describe('questions', () => {
  test('there are at least forty, each once, on every topic', () => {
    expect(all.length).toBeGreaterThanOrEqual(70)
    expect(new Set(all.map(({ topic, id }) => `${topic}/${id}`)).size).toBe(all.length)
    for (const topic of quizTopicNames) expect(quizTopics[topic].length).toBeGreaterThanOrEqual(5)
  })

  test('what is drawn stands in the text, and nothing else does', () => {
    const ids = Object.values(quizTopics)
      .flat()
      .map(({ id }) => id)
    expect(Object.keys(draws).filter((id) => !ids.includes(id))).toEqual([])
    for (const { id, text, choices = [], answer, explanation, command } of all) {
      const shown = [text, ...choices, answer, explanation, command].join('\n')
      // A hash tag without a colon is the only text in braces that nobody draws.
      expect([id, shown.replaceAll('{t}', '').match(/\{\w+\}|undefined|NaN/)]).toEqual([id, null])
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
        expect([question.id, isRight(question.answer, question)]).toEqual([question.id, true])
        expect(isRight('', question)).toBe(false)
        const { choices = [] } = question
        if (choices.length > 0) {
          expect(new Set(choices).size).toBe(choices.length)
          const letters = choices.filter((_, i) => isRight('abcdefgh'[i], question))
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

describe('numbers agree with what the command prints', () => {
  const asked = new Map(all.map((question) => [question.id, question]))
  test.each(['modulo-one-more', 'modulo-double'])('%s', async (id) => {
    const { command, answer, near } = asked.get(id)!
    const { stdout } = await shell(`${command} --format csv`)
    const [header, ...rows] = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(','))
    const modulo = rows.find(([name]) => name === 'modulo')!
    expect(Math.abs(100 * Number(modulo[header.indexOf('movedShare')]) - Number(answer))).toBeLessThanOrEqual(
      near! + 1,
    )
  })

  test('hits', async () => {
    const { command, answer } = asked.get('count-hits')!
    expect((await shell(command)).stdout).toContain(`${answer} of `)
  })

  test('a slot', async () => {
    const { command, answer } = asked.get('slot')!
    const found = (await shell(command)).stdout.match(new RegExp(`(?<!\\d)${answer}(?!\\d)`, 'g'))
    expect(found!.length).toBeGreaterThanOrEqual(2)
  })
})

describe('the command', () => {
  test('answers from a pipe are judged', async () => {
    const questions = drawQuiz('ring', 5).slice(0, 3)
    const input = `${questions[0].answer}\nnonsense\n${questions[2].answer}\n`
    const { stdout, code } = await cachelab(['quiz', 'ring', '--seed', '5', '--questions', '3'], { input })
    expect(code).toBe(0)
    expect(stdout).toContain(`> nonsense\nWrong. Answer: ${questions[1].answer}.`.slice(0, 30))
    expect(stdout.match(/^Right: /gm)).toHaveLength(2)
    expect(stdout.endsWith('2 of 3 right.\n')).toBe(true)
  })

  test('on a terminal an answer is typed, and may be corrected', async () => {
    const [question] = drawQuiz('systems', 1)
    const wrong = question.choices!.findIndex((choice) => choice !== question.answer)
    const right = question.choices!.indexOf(question.answer)
    const session = new Session(root, ['quiz', 'systems', '--questions', '1'])
    await session.see('> ')
    session.press(`${'abcd'[wrong]}\u007f${'abcd'[right]}\r`)
    await session.see('Right: ')
    await session.see('1 of 1 right.')
    expect(await session.ended).toBe(0)
  })

  test('interrupted', async () => {
    const session = new Session(root, ['quiz'])
    await session.see('> ')
    session.press('\u0003')
    expect(await session.ended).toBe(130)
  })

  test('Ctrl-D ends it, and what was not asked does not count', async () => {
    const session = new Session(root, ['quiz', '--questions', '3'])
    await session.see('> ')
    session.press('nonsense\r')
    await session.see('> ')
    session.press('\u0004')
    await session.see('0 of 1 right, and 2 not answered.')
    expect(await session.ended).toBe(0)
  })

  test('without answers it shows them', async () => {
    const { stdout, code } = await cachelab(['quiz', '--questions', '2'])
    expect(code).toBe(0)
    expect(stdout.match(/^Answer: /gm)).toHaveLength(2)
    expect(stdout.endsWith('0 of 2 right.\n')).toBe(true)
  })

  test('json', async () => {
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

  test('bad input', async () => {
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
