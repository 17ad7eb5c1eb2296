import { expect, test } from 'vitest'
import { displayWidth } from '../../src/report/width.js'

/** Texts, and the column where tmux 3.3a (wcwidth of glibc, C.UTF-8) has its cursor after each. */
const RECORDED: Readonly<Record<string, number>> = {
  '\u0e01\u0e47': 1,
  '\u0e19\u0e49\u0e33': 2,
  '\u0e01\u0e33': 2,
  '\u0e20\u0e32\u0e29\u0e32\u0e44\u0e17\u0e22': 7,
  '\u0e97\u0eb5\u0ec8\u0e99\u0eb5\u0ec9\u0e99\u0ecd\u0ec9\u0eb2': 4,
  '\u0639\u064e\u0631\u064e\u0628\u0650\u064a\u0651': 4,
  '\u0644\u0627': 2,
  '\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd': 4,
  '\u0915\u094d\u0937': 2,
  '\u0939\u093f\u0928\u094d\u0926\u0940': 5,
  '\u0928\u092e\u0938\u094d\u0924\u0947': 4,
  '\u0915\u093f': 2,
  '\u09ac\u09be\u0982\u09b2\u09be': 5,
  '\u0ba4\u0bae\u0bbf\u0bb4\u0bcd': 4,
  '\u1019\u103c\u1014\u103a\u1019\u102c': 5,
  '\u1781\u17d2\u1798\u17c2\u179a': 4,
  '\u0f56\u0f7c\u0f51\u0f0b': 3,
  '\u1112\u1161\u11ab\u1100\u1173\u11af': 4,
  '\ud55c\uae00': 4,
  'e\u0301': 1,
  '\u00f1\u0303': 1,
  'a\u200db': 2,
  'a\u200cb': 2,
  '\u65e5\u672c': 4,
  '\uff76\uff9e': 2,
  '\u2460': 1,
  '\u{1f469}\u200d\u{1f4bb}': 2,
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}': 2,
  '\u{1f1e9}\u{1f1ea}': 2,
}

test.each(Object.entries(RECORDED))('%s takes as many columns as in a terminal', (text, columns) => {
  expect(displayWidth(text)).toBe(columns)
  expect(displayWidth(`\u001b[36m${text}\u001b[39m`)).toBe(columns)
})
