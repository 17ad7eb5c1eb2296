import { describe, expect, test } from 'vitest'
import { documents } from '../../src/docs/index.js'
import { renderDocument } from '../../src/docs/render.js'
import { matches, searchSections } from '../../src/docs/search.js'
import { blocksOf } from '../../src/report/blocks.js'
import { plainPaint } from '../../src/report/paint.js'
import { displayWidth } from '../../src/report/width.js'
import { cachelab, refused } from '../cli/in-process.js'
import { terminal } from '../cli/run.js'

const topics = Object.keys(documents)

describe('cachelab docs', () => {
  test('lists every document with a line about it', async () => {
    const { stdout, code } = await cachelab(['docs'])
    expect(code).toBe(0)
    for (const topic of topics) expect(stdout).toMatch(new RegExp(`^ {2}docs ${topic} +\\S.{20,}\\.$`, 'm'))
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  test('writes a document as text where no person reads', async () => {
    const { stdout, code } = await cachelab(['docs', 'grading'])
    expect([stdout, code]).toEqual([renderDocument(documents.grading, { width: 80, paint: plainPaint }), 0])
  })

  test('shows it in the pager on a terminal, and without one where the pager is missing', async () => {
    const paged = await terminal('cachelab docs traces', 60, { PAGER: 'sed s/^/paged:/', FORCE_COLOR: '0' })
    expect(paged.stdout).toMatch(/^paged:Traces\n/)
    for (const PAGER of ['no-such-program', '']) {
      const { stdout, code } = await terminal('cachelab docs traces', 60, { PAGER, FORCE_COLOR: '0' })
      expect(stdout).toMatch(/^Traces\n/)
      expect(code).toBe(0)
    }
  })

  test('finds sections, steps of walkthroughs and commands', async () => {
    const { stdout } = await cachelab(['docs', '--search', 'Split Brain'])
    for (const command of ['cachelab sentinel show', 'cachelab docs experiments', 'cachelab walk sentinel'])
      expect(stdout).toContain(`${command}\n    `)
  })

  test('says so where nothing is found', async () => {
    await refused(
      ['docs', '--search', 'split pea'],
      ['no section and no command has all words of "split pea"'],
    )
    await refused(['docs', '--search', ' '], ['no section'])
    await refused(['docs', 'grading', '--search', 'seed'], ['leave the topic out'])
    await refused(['docs', 'gradin'], ['topic must be one of commands', '(did you mean grading?)'])
  })
})

test.each(topics)('%s fits a narrow and a wide terminal, without marks of Markdown', (topic) => {
  for (const width of [40, 80, 120]) {
    const text = renderDocument(documents[topic], { width, paint: plainPaint })
    const shown = blocksOf(documents[topic]).flatMap((block) => (block.kind === 'code' ? block.lines : []))
    for (const line of text.split('\n')) {
      if (!shown.includes(line) && !shown.includes(line.slice(2)))
        expect([line, displayWidth(line) <= width]).toEqual([line, true])
    }
    expect(text).not.toMatch(/\]\(|\*\*|^#+ |^\|/m)
  }
})

test('a rendered document', () => {
  const markdown =
    '# One\n\nSee [Two](two.md), [three](https://three.org) and\n[four](../four.md).\n\n## Five\n\n- six **seven**\n  eight\n- nine\n\n| a | b |\n| :-- | --: |\n| `x \\| y` | z |\n\n```console\n$ ten\n\n11\n```\n'
  const paint = { ...plainPaint, bold: (text: string) => text.toUpperCase() }
  expect(renderDocument(markdown, { width: 80, paint })).toBe(`ONE

See Two (cachelab docs two), three (https://three.org) and four.

FIVE

• six SEVEN eight
• nine

A      B
────────
x | y  z

  $ ten

  11
`)
})

test('a search', () => {
  expect(matches('Split-brain, in any case', 'SPLIT brain')).toBe(true)
  expect(matches('brain', 'split brain')).toBe(false)
  const found = searchSections('exit codes')
  expect(found[0]).toMatchObject({ command: 'cachelab docs commands', heading: 'Exit codes' })
  expect(searchSections('gibbon')).toEqual([])
  expect(matches('a stage', 'tag')).toBe(false)
  // Words that only a whole section has, and no sentence of it.
  expect(searchSections('bubblewrap sysctl')).toMatchObject([{ command: 'cachelab docs grading' }])
})
