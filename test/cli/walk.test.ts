import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { useSurface } from '../../src/cli/surface.js'
import { feedback, notYet } from '../../src/cli/walk/feedback.js'
import { perform } from '../../src/cli/walk/perform.js'
import {
  choicesOf,
  commandLines,
  heightOf,
  paragraphs,
  roomOf,
  scenesOf,
  taskLines,
} from '../../src/cli/walk/scene.js'
import { slugs } from '../../src/grading/course.js'
import { drawQuiz } from '../../src/quiz/index.js'
import { plainPaint } from '../../src/report/paint.js'
import { displayWidth } from '../../src/report/width.js'
import type { Outcome } from '../../src/walk/condition.js'
import { lengthOf, withEnding } from '../../src/walk/ending.js'
import { type Ask, type Block, parseWalkthrough, type Run } from '../../src/walk/walkthrough.js'
import { byLayer } from '../layer.js'
import { cachelab } from './in-process.js'
import { root } from './run.js'
import { Session } from './session.js'

const folder = `${root}src/walk/topics`
const topics = readdirSync(folder).map((file) => file.replace('.md', ''))
const markdown = (topic: string) => readFileSync(join(folder, `${topic}.md`), 'utf8')
/** Those with the longest experiments are walked through in the thorough layer. */
const LONG = ['eviction', 'why', 'cluster', 'memcached', 'replication', 'sentinel', 'skew', 'persistence']
const walked = byLayer(
  topics.filter((topic) => !LONG.includes(topic)),
  topics,
)

const isAsk = (block: Block): block is Ask => block.kind === 'predict' || block.kind === 'explain'

/** A pane that must be scrolled shows at least so much. */
const READABLE = 8
const ROWS = 24

/** What a command does in a terminal of so many columns. */
function performed(run: Run, columns: number): ReturnType<typeof perform> {
  const nowhere = () => {}
  useSurface({
    env: { NO_COLOR: '1' },
    columns,
    rows: ROWS,
    stdin: Readable.from([]),
    showsProgress: false,
    print: nowhere,
    warn: nowhere,
    code: 0,
  })
  return perform(run)
}

test('what was printed is drawn again for another width; what was read of it stays', async () => {
  for (const line of ['cachelab redis explain SETNX k v', 'cachelab ring --placement modulo']) {
    const before = await performed({ line, parts: [] }, 120)
    const after = await performed({ line, parts: [] }, 40)
    expect([before.output === after.output, before.drawn()]).toEqual([false, after.output])
  }
})

/** Numbers in a text, without what separates or follows their digits. */
const digits = (text: string) => text.replaceAll(/[,%]|(?<=\d) (?=%)/g, '')

describe.each(walked)('walk %s', (topic) => {
  const walk = parseWalkthrough(markdown(topic))
  const blocks = walk.steps.flatMap((step) => step.blocks)
  const ofKind = <Kind extends Block['kind']>(kind: Kind) =>
    blocks.filter((block): block is Extract<Block, { kind: Kind }> => block.kind === kind)
  const outcomes = new Map<Run, Outcome>()
  const all = () => [...outcomes.values()].map(({ output }) => output)

  beforeAll(async () => {
    for (const block of blocks) {
      if (block.kind === 'run') outcomes.set(block, await performed(block, 80))
      if (block.kind === 'act') outcomes.set(block.solution, await performed(block.solution, 80))
    }
  })

  test('it says how long it takes, has something to do, and says what was learnt', () => {
    expect(walk.minutes).toBeGreaterThan(0)
    if (walk.exercise !== undefined) expect(slugs()).toContain(walk.exercise)
    expect(walk.learnt.length).toBeGreaterThan(1)
    expect(blocks.filter(isAsk).length).toBeGreaterThan(1)
    expect(ofKind('act').length).toBeGreaterThan(0)
  })

  test('its commands run, and what is shown of their reports is there', () => {
    for (const [{ line }, { output }] of outcomes) {
      expect(output, line).not.toMatch(/^error: /m)
      expect(output.trim(), line).not.toBe('')
    }
    for (const [{ line, parts }, { report, output }] of outcomes) {
      if (report || parts.length === 0) continue
      const sections = output.split('\n\n')
      expect([line, sections.length]).toEqual([line, parts.length])
      for (const part of parts) expect(output).toMatch(new RegExp(`^${part}`, 'm'))
    }
  })

  test('what is to be done is done by its solution, and not by what is likely to be tried', async () => {
    for (const act of ofKind('act')) {
      const { isDone, solution, mistakes, goal, hint } = act
      expect(isDone(outcomes.get(solution)!), goal).toBe(true)
      expect(hint).not.toBe('')
      for (const { answer, why } of mistakes) {
        expect(isDone(await performed({ line: answer, parts: [] }, 80)), answer).toBe(false)
        for (const typed of [answer, answer.replace('cachelab ', ''), `$ ${answer.toUpperCase()}`])
          expect(notYet(typed, act)).toContain(why)
      }
    }
  })

  test('its numbers are those that its commands print', () => {
    for (const [, quoted] of markdown(topic).matchAll(/\*\*([^*]*\d[^*]*)\*\*/g))
      expect(all().join('\n')).toContain(quoted)
    for (const [i, block] of blocks.entries()) {
      if (block.kind !== 'predict' || block.near === undefined) continue
      const answer = blocks.slice(i).find((later) => later.kind === 'run')
      if (answer?.kind !== 'run') throw new Error(`no command answers "${block.text}"`)
      const number = digits(block.answer).replace(/ ?[a-zµ]+$/i, '')
      expect(digits(outcomes.get(answer)!.output)).toMatch(new RegExp(`(?<![\\d.])${number}(?!\\d)`))
    }
  })

  test('each wrong choice and each likely number is met', () => {
    for (const block of blocks.filter(isAsk)) {
      expect(block.mistakes.length, block.text).toBeGreaterThan(0)
      for (const { answer, why } of block.mistakes) {
        expect(why, answer).toBeDefined()
        expect(feedback(answer, block, choicesOf(block)), block.text).toContain(why)
      }
      expect(feedback(block.answer, block, choicesOf(block))).toContain('Right')
    }
  })

  test.each([80, 60])('each of its screens fits %i columns and 24 rows', async (columns) => {
    const style = { width: columns, paint: plainPaint }
    for (const [i, step] of walk.steps.entries()) {
      let said: string[] = []
      for (const { before, run, after, task } of scenesOf(step)) {
        const shown = run && (columns === 80 ? outcomes.get(run as Run)! : await performed(run, columns))
        const pane = shown ? shown.output.trimEnd().split('\n') : []
        const top = [
          walk.title,
          step.title,
          '',
          ...said,
          ...paragraphs(before, style),
          ...(run ? ['', ...commandLines(run, style)] : []),
        ]
        const bottom = [
          '',
          ...paragraphs(after, style),
          '',
          ...(task ? [...taskLines(task, style), '', 'keys'] : ['keys']),
        ]
        const height = heightOf([...top, ...bottom], columns) + Math.min(READABLE, pane.length)
        expect(height, `step ${i + 1}, "${step.title}", at ${columns} columns`).toBeLessThan(ROWS)
        for (const line of [...top, ...bottom]) expect(displayWidth(line)).toBeLessThanOrEqual(columns)
        // A question about what is shown needs all of it: at a prompt nothing scrolls.
        if (task) expect(roomOf({ top, pane, bottom }, columns, ROWS - 1)).toBeGreaterThanOrEqual(pane.length)
        said = task && task.kind !== 'act' ? longest(task, style) : []
      }
    }
  })
})

const drawn = [1, 2, 3].flatMap((seed) => drawQuiz(undefined, seed))

test.each([80, 60])('the questions at its end fit %i columns and 24 rows', (columns) => {
  const style = { width: columns, paint: plainPaint }
  for (const question of drawn) {
    const [step] = withEnding({ ...NOTHING, learnt: [] }, [question]).steps.slice(-1)
    const task = step.blocks[0] as Ask
    const answered = [...longest(task, style), ...commandLines({ line: question.command }, style)]
    // The head has three lines, and the keys two with the empty one before.
    for (const lines of [taskLines(task, style), answered])
      expect([question.id, 3 + lines.length + 2 < ROWS]).toEqual([question.id, true])
    for (const line of [...taskLines(task, style), ...longest(task, style)])
      expect(displayWidth(line)).toBeLessThanOrEqual(columns)
  }
})

const NOTHING = { title: '', about: '', minutes: 1, steps: [] }

test('it ends with what was learnt and the first three questions', () => {
  const walk = parseWalkthrough(markdown('ring'))
  const questions = drawQuiz('ring', 1)
  const { steps } = withEnding(walk, questions)
  expect(steps).toHaveLength(lengthOf(walk))
  expect(steps.slice(0, -4)).toEqual(walk.steps)
  expect(steps.at(-4)!.blocks).toHaveLength(walk.learnt.length)
  for (const [i, { blocks }] of steps.slice(-3).entries()) expect(blocks[0]).toMatchObject(questions[i])
})

/** The longest that can be said of an answer. */
function longest(task: Ask, style: Parameters<typeof paragraphs>[1]): string[] {
  const answers = ['', task.answer, ...task.mistakes.map(({ answer }) => answer)]
  const said = answers.map((answer) => paragraphs([feedback(answer, task, choicesOf(task))!], style))
  return [...said.sort((a, b) => b.length - a.length)[0], '']
}

test('without a terminal it is printed whole, with answers and solutions, and fits 80 columns', async () => {
  const { stdout, stderr, code } = await cachelab(['walk', 'ring'])
  expect([code, stderr]).toEqual([0, ''])
  for (const line of stdout.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80)
  const { steps } = withEnding(parseWalkthrough(markdown('ring')), drawQuiz('ring', 1))
  for (const { title, blocks } of steps) {
    expect(stdout).toContain(title)
    for (const block of blocks) {
      if (block.kind === 'predict' || block.kind === 'question') expect(stdout).toContain(block.answer)
      if (block.kind === 'act') expect(stdout).toContain(block.solution.line.slice(0, 60))
    }
  }
})

test('without a topic the walkthroughs are listed, with what is next', async () => {
  const { stdout, code } = await cachelab(['walk'])
  expect(code).toBe(0)
  for (const topic of topics) expect(stdout).toContain(` ${topic} `)
  expect(stdout).toMatch(/0 of \d+ done\. Next, about \d+ minutes: cachelab walk why\n/)
})

test('an unknown topic', async () => {
  const { stdout, stderr, code } = await cachelab(['walk', 'evicton'])
  expect([stdout, code]).toEqual(['', 2])
  expect(stderr).toMatch(
    /^error: topic must be one of why, redis, .*got "evicton" \(did you mean eviction\?\)\n$/,
  )
})

describe('in a terminal', () => {
  let state: string
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), 'cachelab-walk-'))
  })
  const walk = (...options: string[]) =>
    new Session(root, ['walk', 'ring', ...options], { XDG_STATE_HOME: state, TERM: 'xterm' })
  const { steps } = parseWalkthrough(markdown('ring'))
  const length = lengthOf(parseWalkthrough(markdown('ring')))
  const at = (step: number) => `The hash ring · ${step} of ${length}`

  test('an answer that can’t be read is asked again, a known mistake is met, arrows and history work', async () => {
    const session = walk()
    await session.see(at(1))
    await session.see('> ')
    session.press('no idea\r')
    await session.see('Type a number')
    await session.see('> ')
    // Up brings back what was typed; then it is changed.
    session.press('\u001b[A\u0015500\u001b[D\u007f0\r')
    await session.see('Enter go on')
    session.press('\r')
    await session.see(at(2))
    session.press('q\r')
    expect(await session.ended).toBe(0)
  })

  test('after the last step it says what was learnt and asks, explains a word, and the quiz remembers', async () => {
    mkdirSync(join(state, 'cachelab'))
    writeFileSync(join(state, 'cachelab', 'walk.json'), JSON.stringify({ ring: { step: steps.length } }))
    const session = walk()
    await session.see(at(steps.length + 1))
    await session.see('What you have learnt')
    await session.see('Enter go on')
    session.press('\r')
    for (const number of [1, 2, 3]) {
      await session.see(`Question ${number} of 3`)
      await session.see('> ')
      if (number === 1) {
        session.press('? hash ring\r')
        await session.see('hash ring, ring: ')
        await session.see('> ')
      }
      session.press('\r')
      await session.see('nswer')
      await session.see('$ ')
      await session.see(number === 3 ? 'Enter end' : 'Enter go on')
      session.press('\r')
    }
    await session.see('0 of 3 right.')
    await session.see('Next: ')
    expect(await session.ended).toBe(0)
    const saved = (name: string) => JSON.parse(readFileSync(join(state, 'cachelab', name), 'utf8'))
    expect(saved('walk.json').ring).toEqual({ step: 0, isDone: true })
    expect(Object.values(saved('quiz.json'))).toHaveLength(3)
  })

  test('after Ctrl-Z and fg its screen is drawn again, and single keys count', async () => {
    const session = walk()
    await session.see('> ')
    session.signal('SIGCONT')
    await session.see(at(1))
    session.press('\r')
    await session.see('Enter go on')
    session.press('q')
    expect(await session.ended).toBe(0)
  })

  test('in a window of another size its screen is drawn for that, with what is being typed', async () => {
    const session = walk()
    await session.see('> ')
    session.press('12')
    await session.see('12')
    const [words] = steps[0].blocks.flatMap((block) => (block.kind === 'prose' ? [block.text] : []))
    for (const columns of [50, 120]) {
      session.resize(columns, 30)
      await session.see(at(1))
      for (const line of paragraphs([words], { width: columns, paint: plainPaint })) await session.see(line)
      await session.see('> 12')
    }
    session.press('\r')
    await session.see('You said 12.')
    await session.see('Enter go on')
    session.press('q')
    expect(await session.ended).toBe(0)
  })

  test('what a command printed is drawn for the new size, too', async () => {
    const session = walk()
    await session.see('> ')
    session.press('\r')
    await session.see('Enter go on')
    const run = steps[0].blocks.find((block) => block.kind === 'run')!
    for (const columns of [40, 120]) {
      session.resize(columns, 50)
      const { output } = await performed(run, columns)
      for (const line of output.trimEnd().split('\n')) await session.see(`${line}\n`)
      await session.see('Enter go on')
    }
    session.press('q')
    expect(await session.ended).toBe(0)
  })

  test('it goes on where one was, or anew; Ctrl-C ends it', async () => {
    const session = walk()
    await session.see('> ')
    session.press('\r')
    await session.see('Enter go on')
    session.press('\r')
    await session.see(at(2))
    session.press('\u0004')
    expect(await session.ended).toBe(0)
    const again = walk()
    await again.see(at(2))
    await again.see('> ')
    again.press('back\r')
    await again.see(at(1))
    again.press('\u0003')
    expect(await again.ended).toBe(130)
    const anew = walk('--restart')
    await anew.see(at(1))
    anew.press('q\r')
    expect(await anew.ended).toBe(0)
  })
})
