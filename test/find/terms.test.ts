import { expect, test } from 'vitest'
import { explained, meaningOf, terms } from '../../src/find/terms.js'
import { quizTopics } from '../../src/quiz/index.js'
import { walkthroughs } from '../../src/walk/index.js'

test('each name of a term leads to it, and to no other', () => {
  for (const { names, meaning } of terms())
    for (const name of names) expect(meaningOf(name)).toBe(`${names.join(', ')}: ${meaning}.`)
})

test('a word counts in any number and case, with or without a hyphen', () => {
  for (const word of ['virtual node', ' Virtual Nodes', 'virtual-node', 'vnodes'])
    expect(meaningOf(word)).toMatch(/^virtual node: /)
  expect(meaningOf('gibbon')).toBeNull()
  expect(meaningOf('')).toBeNull()
})

test('a question’s own words are named where a word is unknown', () => {
  expect(explained('', ['What do virtual nodes cost?', 'more hops'])).toMatch(
    /Words of this question: (?=.*\bvirtual node\b)(?=.*\bhop\b)/,
  )
  expect(explained('gibbon', ['What should it ask?'])).not.toMatch(/ASK|Words of this question/)
  expect(explained('', ['ASK or MOVED?'])).toMatch(/MOVED, ASK/)
})

/** Words that a beginner can't guess, as they are written in questions and walkthroughs. */
const HARD =
  /\b(hash ring|virtual nodes?|hash tag|slab class|ketama|fsync|AOF|RDB|TTL|quorum|failover|split brain|partition|LRU|LFU|FIFO|Zipf|Sentinel|replication factor|write amplification|snapshot|MOVED|ASK|WATCH|hops?|atomic|mod|p99|stale)\b/g

test('hard words of the questions and walkthroughs are terms', () => {
  const texts = [
    ...Object.values(quizTopics)
      .flat()
      .map(({ text }) => text),
    ...Object.values(walkthroughs),
  ]
  const used = new Set(texts.flatMap((text) => text.match(HARD) ?? []))
  expect(used.size).toBeGreaterThan(20)
  expect([...used].filter((word) => meaningOf(word) === null)).toEqual([])
})
