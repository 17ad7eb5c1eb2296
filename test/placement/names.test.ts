import { expect, test } from 'vitest'
import { compareNames, freshNames, nodeNames } from '../../src/placement/index.js'

test('names go on after Z', () => {
  const names = nodeNames(703)
  expect([names[0], names[25], names[26], names[701], names[702]]).toEqual([
    'node-A',
    'node-Z',
    'node-AA',
    'node-ZZ',
    'node-AAA',
  ])
})

test('the numbering of nodes is that of their names', () => {
  expect([...nodeNames(60)].reverse().sort(compareNames)).toEqual(nodeNames(60))
  expect(['b10', 'b9', 'a10', 'é'].sort(compareNames)).toEqual(['é', 'b9', 'a10', 'b10'])
})

test('fresh names are not taken', () => {
  expect(freshNames(['node-A', 'node-D', 'x'], 2)).toEqual(['node-E', 'node-F'])
})
