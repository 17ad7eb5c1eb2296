import { describe, expect, test } from 'vitest'
import { plainPaint } from '../../src/report/paint.js'
import { displayWidth } from '../../src/report/width.js'
import { type Outcome, parseCondition } from '../../src/walk/condition.js'
import { renderProse } from '../../src/walk/render.js'
import { type Act, parseWalkthrough } from '../../src/walk/walkthrough.js'

describe('a walkthrough in Markdown', () => {
  const text = `# T

About
it.

- minutes: 6
- exercise: hash-ring

## One

Prose
here.

\`\`\`predict
How
many?
= 7 % ± 1
- 9 % → Too many.
> Because.
\`\`\`

\`\`\`sh show: nodes, balance
cachelab ring --nodes 3
\`\`\`

## Two

\`\`\`act
Do it.
? code = 0
= cachelab ring --nodes 5
- cachelab ring --nodes 4 → Four.
~ Five.
\`\`\`

- Learnt
`
  const walk = parseWalkthrough(text)

  test('title, facts, steps with their blocks, and what was learnt', () => {
    expect(walk).toMatchObject({
      title: 'T',
      about: 'About it.',
      minutes: 6,
      exercise: 'hash-ring',
      learnt: ['Learnt'],
    })
    expect(walk.steps[0]).toEqual({
      title: 'One',
      blocks: [
        { kind: 'prose', text: 'Prose here.' },
        {
          kind: 'predict',
          text: 'How many?',
          answer: '7 %',
          near: 1,
          also: [],
          mistakes: [{ answer: '9 %', why: 'Too many.' }],
          explanation: 'Because.',
        },
        { kind: 'run', line: 'cachelab ring --nodes 3', parts: ['nodes', 'balance'] },
      ],
    })
    expect(walk.steps[1].blocks).toMatchObject([
      {
        kind: 'act',
        goal: 'Do it.',
        hint: 'Five.',
        solution: { line: 'cachelab ring --nodes 5', parts: [] },
        mistakes: [{ answer: 'cachelab ring --nodes 4', why: 'Four.' }],
      },
    ])
    const { isDone } = walk.steps[1].blocks[0] as Act
    expect([0, 1].map((code) => isDone({ words: [], output: '', code }))).toEqual([true, false])
  })

  test.each([
    ['```sh\nrm -rf /\n```', 'line 1: one cachelab command is needed'],
    ['a\n\n```predict\nWhat?\n```', 'line 3: a line that begins with = is needed'],
    ['```act\nWhat?\n= x\n```', 'line 1: a line that begins with ? is needed'],
    ['```lua\nWhat?\n= x\n```', 'line 1: a block is sh, predict, explain or act'],
    ['```sh\ncachelab ring', 'line 1: the fenced block is not closed'],
  ])('%j', (wrong, problem) => {
    expect(() => parseWalkthrough(wrong)).toThrow(problem)
  })
})

describe('a condition', () => {
  const outcome: Outcome = {
    words: ['ring', '--nodes', '3'],
    output: 'it prints\n',
    code: 0,
    report: {
      command: 'ring',
      parameters: { nodes: 3 },
      tables: [{ name: 'nodes', rows: [{ share: 0.4 }, { share: 0.6 }, { share: null }] }],
      findings: [{ id: 'balance', measured: 1.5, ok: false }],
    },
  }
  test.each([
    ['code = 0', true],
    ['words has "--nodes" and words has "3"', true],
    ['words has "--nodes" and words has "4"', false],
    ['output has "prints"', true],
    ['output has "It Prints"', true],
    ['output has "pints|prints"', true],
    ['words has "RING"', true],
    ['words has "ring --nodes"', true],
    ['words has "rin"', false],
    ['words has "4|3"', true],
    ['words has "4|5"', false],
    ['command = "ring"', true],
    ['command != "ring"', false],
    ['parameters.nodes >= 3', true],
    ['findings.balance.measured < 1.5', false],
    ['findings.balance.ok = false', true],
    ['findings.missing.measured < 9', false],
    ['tables.nodes.share < 0.7', true],
    ['tables.nodes.share < 0.5', false],
    ['tables.nodes.share.0 < 0.5', true],
    ['tables.nodes.share.0 < tables.nodes.share.1', true],
    ['tables.nodes.share.2 < 1', false],
  ])('%s is %s', (text, holds) => {
    expect(parseCondition(text)(outcome)).toBe(holds)
  })

  test('without a report there is none to compare', () => {
    expect(parseCondition('parameters.nodes = 3')({ words: [], output: '', code: 2 })).toBe(false)
  })

  test.each(['', 'code', 'code ~ 0', 'code = 0 or code = 1'])('%j is none', (text) => {
    if (text.includes('or')) return expect(parseCondition(text)(outcome)).toBe(false)
    expect(() => parseCondition(text)).toThrow('no condition')
  })
})

test('strong words and code are painted on each of their lines', () => {
  const text = 'a **b c** `d` and ` alone'
  const paint = { ...plainPaint, bold: (one: string) => `<${one}>`, accent: (one: string) => `[${one}]` }
  expect(renderProse(text, 4, paint).split('\n')).toEqual(['a <b>', '<c> [d]', 'and', '`', 'alon', 'e'])
  expect(renderProse(text, 40, plainPaint)).toBe('a b c d and ` alone')
})

test('prose fits, commands stay in one piece, strong words are painted', () => {
  const text = 'It is **42** in all, says `cachelab walk ring`, and nobody knows why that should be so.'
  const lines = renderProse(text, 30, { ...plainPaint, bold: (strong) => `<${strong}>` }).split('\n')
  expect(lines.join(' ')).toContain('<42>')
  expect(lines.some((line) => line.includes('cachelab walk ring'))).toBe(true)
  for (const line of lines) expect(displayWidth(line.replace(/[<>]/g, ''))).toBeLessThanOrEqual(30)
})

test('code that is wider than the screen is broken between its words', () => {
  const lines = renderProse('Type `cachelab sentinel run --clients 2 --duration 10s`.', 30, plainPaint).split(
    '\n',
  )
  expect(lines.length).toBeGreaterThan(1)
  for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(30)
})

test('colours and broken lines don’t matter to what is printed', () => {
  const isDone = parseCondition('output has "Reply OK"')
  expect(isDone({ words: [], output: '\u001b[1mReply\u001b[22m\n  OK\n', code: 0 })).toBe(true)
})

test('a word counts in quotes and behind the = of an option', () => {
  const isDone = parseCondition('words has "--given SET" and words has "nx"')
  expect(isDone({ words: ['--given=SET', 'SET a b NX'], output: '', code: 0 })).toBe(true)
  expect(isDone({ words: ['--given', 'GET', 'NX'], output: '', code: 0 })).toBe(false)
})
