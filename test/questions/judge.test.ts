import { describe, expect, test } from 'vitest'
import { judge } from '../../src/questions/judge.js'
import { markedLines, questionOf } from '../../src/questions/question.js'

const asked = (...lines: string[]) => questionOf(markedLines(lines))

describe('a number', () => {
  const moved = asked(
    'Which percentage of the keys moves,',
    'when N grows from 4 to 5?',
    '= 79.76 % ± 1',
    '= 80',
    '- 20 % → That is what would have to move.',
    '- 25 % → One node of four.',
  )

  test('is read with its text, answers and mistakes', () => {
    expect(moved).toEqual({
      text: 'Which percentage of the keys moves, when N grows from 4 to 5?',
      answer: '79.76 %',
      near: 1,
      also: ['80'],
      mistakes: [
        { answer: '20 %', why: 'That is what would have to move.' },
        { answer: '25 %', why: 'One node of four.' },
      ],
    })
  })

  test.each([
    ['79.76', 'right'],
    ['80%', 'right'],
    ['0.8', 'right'],
    ['4/5', 'right'],
    ['four of five', 'right'],
    ['about eighty percent', 'right'],
    ['75', 'close'],
    ['three quarters', 'close'],
    ['50', 'wrong'],
    ['20', 'wrong'],
    ['a fifth', 'wrong'],
    ['', 'unread'],
    ['no idea', 'unread'],
    ['80 ms', 'unread'],
  ])('%j is %s', (typed, kind) => {
    expect(judge(typed, moved).kind).toBe(kind)
  })

  test('a known mistake is named', () => {
    expect(judge('a fifth', moved).mistake?.why).toBe('That is what would have to move.')
    expect(judge('25', moved).mistake?.why).toBe('One node of four.')
    expect(judge('60', moved).mistake).toBeUndefined()
  })

  test('of 0 nothing is close', () => {
    expect(judge('0', asked('How many?', '= 0 ± 0')).kind).toBe('right')
    expect(judge('1', asked('How many?', '= 0 ± 0')).kind).toBe('wrong')
  })
})

describe('choices', () => {
  const why = asked('Why?', '= because of A', '- B: no → No B here.', '- C')
  const choices = ['B: no', 'because of A', 'C']

  test.each([
    ['b', 'right'],
    ['B)', 'right'],
    ['(b)', 'right'],
    ['Because of a.', 'right'],
    ['beca', 'right'],
    ['a', 'wrong'],
    ['b: no', 'wrong'],
    ['C', 'wrong'],
    ['d', 'unread'],
    ['nonsense', 'unread'],
  ])('%j is %s', (typed, kind) => {
    expect(judge(typed, why, choices).kind).toBe(kind)
  })

  test('what is behind a mistake', () => {
    expect(judge('a', why, choices).mistake).toEqual({ answer: 'B: no', why: 'No B here.' })
    expect(judge('C', why, choices).mistake).toEqual({ answer: 'C' })
  })
})

test('a word', () => {
  const owner = asked('Who owns it?', '= cache2')
  expect(judge(' Cache2 ', owner).kind).toBe('right')
  expect(judge('cache3', owner).kind).toBe('wrong')
})
