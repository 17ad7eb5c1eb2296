import { Readable } from 'node:stream'
import { beforeAll, describe, expect, test } from 'vitest'
import { useSurface } from '../../src/cli/surface.js'
import { feedback } from '../../src/cli/walk/feedback.js'
import { walkPage } from '../../src/cli/walk/page.js'
import { choicesOf, taskText } from '../../src/cli/walk/scene.js'
import { type Topic, topics, walkthroughs } from '../../src/walk/index.js'
import { type Ask, parseWalkthrough, type Walkthrough } from '../../src/walk/walkthrough.js'
import { byLayer } from '../layer.js'
import { commandsIn, HOSTILE, namesIn, UNSEEN } from '../report/hostile-text.js'
import { cachelab, refused } from './in-process.js'

/** Those with the shortest experiments. */
const SHORT: readonly Topic[] = ['redis', 'ring', 'virtual-nodes']

function page(walk: Walkthrough, topic: Topic = 'ring'): Promise<string> {
  const nowhere = () => {}
  useSurface({
    env: {},
    columns: undefined,
    rows: undefined,
    stdin: Readable.from([]),
    showsProgress: false,
    print: nowhere,
    warn: nowhere,
    code: 0,
  })
  return walkPage(topic, walk)
}

const FOLDED = /<details\b(?:(?!<details\b).)*?<\/details>/gs

/** What is on a page while nothing is unfolded. */
function unfolded(markup: string): string {
  const less = markup.replace(FOLDED, '')
  return less === markup ? markup : unfolded(less)
}

const SIGNS: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }

/** The text of markup, or of a paragraph of Markdown, without what marks it up. */
const textOf = (markup: string): string =>
  markup.replace(/<[^>]*>/g, '').replace(/&([#\w]+);/g, (_, sign: string) => SIGNS[sign])
const plain = (text: string): string => text.replaceAll(/`|\*\*/g, '')

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, one]) => one)

describe.each(byLayer(SHORT, topics))('the page of %s', (topic) => {
  const walk = parseWalkthrough(walkthroughs[topic])
  const blocks = walk.steps.flatMap((step) => step.blocks)
  let html: string
  beforeAll(async () => {
    html = await page(walk, topic)
  })

  test('its ids are unique, and what refers to one finds it', () => {
    const ids = matches(html, / id="([^"]*)"/g)
    expect(ids.length).toBeGreaterThan(walk.steps.length)
    expect(ids).toEqual([...new Set(ids)])
    const referred = matches(html, / aria-labelledby="([^"]*)"/g).flatMap((list) => list.split(' '))
    for (const id of [...referred, ...matches(html, / href="#([^"]*)"/g)]) expect(ids).toContain(id)
  })

  test('its headings are in order', () => {
    const levels = matches(html, /<h(\d)/g).map(Number)
    expect(levels[0]).toBe(1)
    for (const [i, level] of levels.entries())
      if (i > 0) expect([level > 1, level - levels[i - 1] <= 1]).toEqual([true, true])
  })

  test('it has every step in order, every command to copy, and no run that failed', () => {
    const titles = matches(html, /<h2[^>]*>(.*?)<\/h2>/g).map(textOf)
    const steps = titles.filter((title) => /^\d+\. /.test(title))
    expect(steps).toEqual(walk.steps.map(({ title }, i) => `${i + 1}. ${title}`))
    expect(titles).toEqual(expect.arrayContaining(['What you have learnt', 'Questions', 'What comes next']))
    const lines = blocks.flatMap((block) =>
      block.kind === 'run' ? [block.line] : block.kind === 'act' ? [block.solution.line] : [],
    )
    const shown = matches(html, /<pre class="command"[^>]*>(.*?)<\/pre>/g).map(textOf)
    expect(shown.slice(0, lines.length)).toEqual(lines)
    for (const text of matches(html, /<pre[^>]*>(.*?)<\/pre>/gs)) {
      expect(text).not.toMatch(/^error: /m)
      expect(text.trim()).not.toBe('')
    }
  })

  test('questions and goals are open, answers, mistakes and solutions folded', () => {
    const [all, open] = [html, unfolded(html)].map((text) => textOf(text).replaceAll(/\s+/g, ' '))
    for (const block of blocks) {
      if (block.kind === 'prose' || block.kind === 'run') continue
      expect(open).toContain(plain(taskText(block)))
      const { mistakes } = block
      const hidden =
        block.kind === 'act'
          ? [block.hint]
          : [feedback('', block, [])!, ...mistakes.flatMap(({ why }) => why ?? [])]
      if (block.kind !== 'act') for (const choice of choicesOf(block)) expect(open).toContain(plain(choice))
      for (const text of hidden) {
        expect(all).toContain(plain(text))
        expect(open).not.toContain(plain(text))
      }
    }
  })

  test('it fetches nothing, everything has its place, and nothing is unseen', () => {
    expect(html).not.toMatch(/<(?:link|img|iframe|base)\b| (?:src|on\w+)=/)
    expect(matches(html, /<(script)\b/g)).toHaveLength(1)
    expect(html).not.toMatch(UNSEEN)
    expect(html).not.toMatch(/="(?:[^"]*\W)?(?:NaN|Infinity|undefined)/)
    expect(commandsIn(html)).toEqual([])
  })
})

/** A walkthrough in which every text is the same. */
function walkOf(text: string): Walkthrough {
  const question: Omit<Ask, 'kind'> = {
    text,
    answer: text,
    also: [],
    mistakes: [{ answer: text, why: text }],
    explanation: text,
  }
  const run = { line: `cachelab schema ${text}`, parts: [] }
  const step = {
    title: text,
    blocks: [
      { kind: 'prose', text },
      { kind: 'predict', ...question },
      { kind: 'run', ...run },
      { kind: 'explain', ...question },
      {
        kind: 'act',
        goal: text,
        hint: text,
        isDone: () => true,
        solution: run,
        mistakes: [],
        explanation: text,
      },
    ],
  } as const
  return { title: text, about: text, minutes: 1, exercise: text, steps: [step], learnt: [text] }
}

test.each([
  [['distribution'], 1],
  [['figures'], 2],
  [['title'], 1],
])('of a run with %j shown twice, %i figures are drawn', async (parts, count) => {
  const run = { kind: 'run', line: 'cachelab ring', parts } as const
  const html = await page({ ...walkOf('x'), steps: [1, 2].map(() => ({ title: 'x', blocks: [run] })) })
  expect(matches(html, /<(figure)\b/g)).toHaveLength(count)
})

test('a text is nothing but a text, whatever it is', async () => {
  const names = namesIn(await page(walkOf('plain words with `code` and **more**')))
  for (const text of HOSTILE) {
    const html = await page(walkOf(text))
    for (const name of namesIn(html)) expect(names, text).toContain(name)
    expect(html, text).not.toMatch(UNSEEN)
    expect(commandsIn(html), text).toEqual([])
  }
})

test('it is the same whatever terminal it is made in', async () => {
  const args = ['walk', 'redis', '--format', 'html']
  const { stdout, code } = await cachelab(args)
  expect([code, stdout.startsWith('<!doctype html>')]).toEqual([0, true])
  const env = { FORCE_COLOR: '1', LC_ALL: 'C', COLUMNS: '50' }
  expect((await cachelab(args, { env, columns: 40 })).stdout).toBe(stdout)
})

test('a page needs a topic, and has no place to restart at; there is no other format', async () => {
  await refused(['walk', '--format', 'html'], ['a page needs a topic, one of why, redis'])
  await refused(['walk', '--open'], ['a page needs a topic'])
  await refused(['walk', 'ring', '--format', 'html', '--restart'], ['--restart is for a terminal'])
  await refused(['walk', 'ring', '--format', 'json'], ['--format must be one of table, html, got "json"'])
})
