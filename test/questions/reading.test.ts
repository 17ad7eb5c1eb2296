import { expect, test } from 'vitest'
import { inUnit, readNumber } from '../../src/questions/reading.js'

test.each([
  ['79.76', 79.76, undefined],
  ['79,76 %', 79.76, '%'],
  ['1,970', 1970, undefined],
  ['1 970 keys', 1970, undefined],
  ['2,910,000', 2_910_000, undefined],
  ['about twenty', 20, undefined],
  ['about 20 percent', 20, '%'],
  ['twenty-five per cent', 25, '%'],
  ['two thousand five hundred', 2500, undefined],
  ['a hundred', 100, undefined],
  ['a hundred and five keys', 105, undefined],
  ['2k', 2000, undefined],
  ['none', 0, undefined],
  ['~80%', 80, '%'],
  ['a third', 1 / 3, 'share'],
  ['two thirds', 2 / 3, 'share'],
  ['half of them', 1 / 2, 'share'],
  ['three quarters', 3 / 4, 'share'],
  ['4/5', 0.8, 'share'],
  ['4 of 5', 0.8, 'share'],
  ['one in five', 0.2, 'share'],
  ['4 out of 5 keys', 0.8, 'share'],
  ['50ms', 50, 'ms'],
  ['0.05 s', 0.05, 's'],
  ['50 milliseconds', 50, 'ms'],
  ['1e3', 1000, undefined],
  ['-5', -5, undefined],
  ['.5', 0.5, undefined],
])('%j is a number', (typed, value, unit) => {
  const read = readNumber(typed)
  expect(read?.value).toBeCloseTo(value, 10)
  expect(read?.unit).toBe(unit)
})

test.each(['', 'no idea', 'many', 'hash mod N', 'N-1', '?', '1.2.3.4', '--', 'the ring'])(
  '%j is none',
  (typed) => {
    expect(readNumber(typed)).toBeUndefined()
  },
)

test('units of one family are converted, others are not', () => {
  expect(inUnit({ value: 0.05, unit: 's' }, 'ms')).toBe(50)
  expect(inUnit({ value: 0.25, unit: 'share' }, '%')).toBe(25)
  expect(inUnit({ value: 1, unit: 'MiB' }, 'KiB')).toBe(1024)
  expect(inUnit({ value: 7 }, '%')).toBe(7)
  expect(inUnit({ value: 7, unit: 's' }, 'MB')).toBeUndefined()
  expect(inUnit({ value: 0.5, unit: 'share' }, undefined)).toBeUndefined()
})
