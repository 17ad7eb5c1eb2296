import { describe, expect, test } from 'vitest'
import { plainPaint } from '../../src/report/paint.js'
import { displayWidth } from '../../src/report/width.js'
import { renderProse } from '../../src/walk/render.js'
import { judgeGuess, parseWalkthrough } from '../../src/walk/walkthrough.js'

describe('a walkthrough in Markdown', () => {
  test('title, what it is about, steps and their blocks', () => {
    const text =
      '# T\n\nAbout\nit.\n\n## One\n\nProse\nhere.\n\n```predict\nHow\nmany?\n= 7\n```\n\n```sh\ncachelab ring --nodes 3\n```\n\n## Two\n\nEnd.\n'
    expect(parseWalkthrough(text)).toEqual({
      title: 'T',
      about: 'About it.',
      steps: [
        {
          title: 'One',
          blocks: [
            { kind: 'prose', text: 'Prose here.' },
            { kind: 'predict', question: 'How many?', answer: '7' },
            { kind: 'run', line: 'cachelab ring --nodes 3', words: ['ring', '--nodes', '3'] },
          ],
        },
        { title: 'Two', blocks: [{ kind: 'prose', text: 'End.' }] },
      ],
    })
  })

  test.each([
    ['```sh\nrm -rf /\n```', 'line 1: a block must be sh with one cachelab command'],
    ['a\n\n```predict\nWhat?\n```', 'line 3: a block must be'],
    ['```sh\ncachelab ring', 'line 1: the fenced block is not closed'],
  ])('%j', (text, problem) => {
    expect(() => parseWalkthrough(text)).toThrow(problem)
  })
})

test.each([
  ['79.76', '79.76', 'Exactly: the answer is 79.76.'],
  ['1970', '1,970', 'Exactly: the answer is 1,970.'],
  ['80 %', '79.76', 'You said 80 %; the answer is 79.76. That is close.'],
  ['20', '79.76', 'You said 20; the answer is 79.76. That is not close.'],
  ['', '79.76', 'The answer is 79.76.'],
  ['no idea', '79.76', 'The answer is 79.76.'],
  ['1', '0.00', 'You said 1; the answer is 0.00. That is not close.'],
])('the guess %j for %j', (guess, answer, said) => {
  expect(judgeGuess(guess, answer)).toBe(said)
})

test('prose fits, commands stay in one piece, strong words are painted', () => {
  const text = 'It is **42** in all, says `cachelab walk ring`, and nobody knows why that should be so.'
  const lines = renderProse(text, 30, { ...plainPaint, bold: (strong) => `<${strong}>` }).split('\n')
  expect(lines.join(' ')).toContain('<42>')
  expect(lines.some((line) => line.includes('cachelab walk ring'))).toBe(true)
  for (const line of lines) expect(displayWidth(line.replace(/[<>]/g, ''))).toBeLessThanOrEqual(30)
})
