import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderListing } from '../../src/report/listing.js'
import { shellWord } from '../../src/report/shell-word.js'
import { printable } from '../../src/report/text.js'
import { displayWidth } from '../../src/report/width.js'
import { wrapCommand, wrapLines } from '../../src/report/wrap.js'

test('a broken command line is the same command to a shell', () => {
  const word = fc.constantFrom('a', '--option', '"two words"', "'it is'", 'x\\ y', '"\\"quoted\\""', 'key=1')
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 8, max: 40 }),
      (words, width) => {
        const line = `printf %s\\\\n ${words.join(' ')}`
        const output = (typed: string) => execFileSync('sh', ['-c', typed], { encoding: 'utf8' })
        expect(output(wrapCommand(line, width))).toBe(output(line))
      },
    ),
    { numRuns: 25 },
  )
})

test('a word of a command is the same word to bash, also in lines, and all of it is seen', () => {
  const unit = fc.constantFrom(
    'a',
    '0',
    ' ',
    "'",
    '"',
    '\\',
    '$',
    '=',
    '~',
    '\n',
    '\t',
    '\u001b',
    '\u009b',
    '\u202e',
    'é',
  )
  fc.assert(
    fc.property(fc.array(fc.string({ unit, maxLength: 6 }), { minLength: 1, maxLength: 4 }), (words) => {
      const typed = wrapCommand(`printf '%s\\0' ${words.map(shellWord).join(' ')}`, 16)
      expect(printable(typed.replaceAll(' \\\n', ''))).toBe(typed.replaceAll(' \\\n', ''))
      expect(execFileSync('bash', ['-c', typed], { encoding: 'utf8' })).toBe(`${words.join('\0')}\0`)
    }),
    { numRuns: 25 },
  )
})

test('a command line is broken only where it is too long, and its lines fit', () => {
  expect(wrapCommand('cachelab ring --vnodes 150', 26)).toBe('cachelab ring --vnodes 150')
  expect(wrapCommand('cachelab ring --vnodes 150', 20)).toBe('cachelab ring \\\n  --vnodes 150')
})

test('lines that are too long are broken, and what follows keeps their indent', () => {
  expect(wrapLines('short\n  one two three\n\nfour five six', 11)).toBe(
    'short\n  one two\n    three\n\nfour five\n  six',
  )
})

test('a listing has two columns where both have room, else texts below names', () => {
  const rows = [
    ['short', 'some words that are longer than the room beside the name'],
    ['much-longer', 'a text'],
  ] as const
  expect(renderListing(rows, 40)).toBe(
    'short        some words that are longer\n             than the room beside the\n             name\nmuch-longer  a text',
  )
  expect(renderListing(rows, 30).split('\n')).toEqual([
    'short',
    '    some words that are longer',
    '    than the room beside the',
    '    name',
    'much-longer',
    '    a text',
  ])
  for (const line of renderListing(rows, 24).split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(24)
})
