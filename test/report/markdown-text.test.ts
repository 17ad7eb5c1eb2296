import { expect, test } from 'vitest'
import { markdownBlock, markdownCode, markdownRow, markdownText } from '../../src/report/markdown-text.js'

/** All punctuation of ASCII, and how each is written inside of a line. */
const written = Object.fromEntries([...'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'].map((sign) => [sign, sign]))
for (const sign of '\\`*_[]>#~^') written[sign] = `\\${sign}`
written['<'] = '&lt;'
written['&'] = '&amp;'
// A formula may begin with it.
written.$ = '`a$`'

test.each(Object.entries(written))('%s inside of a line', (sign, expected) => {
  expect(markdownText(`a${sign} b`)).toBe(sign === '$' ? `${expected} b` : `a${expected} b`)
})

test.each([
  ['- list', '\\- list'],
  ['+ list', '\\+ list'],
  ['1. list', '1\\. list'],
  ['12) list', '12\\) list'],
  ['= heading', '\\= heading'],
  [': definition', '\\: definition'],
  ['# heading', '\\# heading'],
  ['> quote', '\\> quote'],
  ['1: 2', '1\\: 2'],
  ['a - b', 'a - b'],
])('%j at the beginning of a line', (text, expected) => {
  expect(markdownText(text)).toBe(expected)
})

const LINKS =
  '@name #1 !1 &1 ~name %1 %"a" x$y https://a.b www.a.b mailto:a xmpp:a tel:1 GH-1 gh-2 :smile: :+1: a@b'
test.each(LINKS.split(' '))('%s is no link, but code', (word) => {
  expect(markdownText(`see ${word} there`)).toBe(`see \`${word}\` there`)
})

test('words that only look like links stay words', () => {
  const text = '! a 100% hotel: phone 7 @ 8 a:b'
  expect(markdownText(text)).toBe(text)
})

test('a line is a line', () => {
  expect(markdownText('  a\n\n\tb  ')).toBe('a b')
})

test.each([
  ['a', '`a`'],
  ['', '``'],
  [' a', '`  a `'],
  ['a ', '` a  `'],
  ['`', '`` ` ``'],
  ['a``b`c', '```a``b`c```'],
  ['`a', '`` `a ``'],
])('code: %j', (text, expected) => {
  expect(markdownCode(text)).toBe(expected)
})

test('a block is longer fenced than what is in it', () => {
  expect(markdownBlock('a\nb')).toBe('```text\na\nb\n```')
  expect(markdownBlock('a\n````')).toBe('`````text\na\n````\n`````')
})

test('a row', () => {
  expect(markdownRow(['a', 'b|c|d'])).toBe('| a | b\\|c\\|d |')
})
