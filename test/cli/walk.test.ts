import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { parseWalkthrough } from '../../src/walk/walkthrough.js'
import { cachelab, root, shell } from './run.js'

const folder = `${root}src/walk/topics`
const topics = readdirSync(folder).map((file) => file.replace('.md', ''))
const markdown = (topic: string) => readFileSync(join(folder, `${topic}.md`), 'utf8')

const runs = new Map<string, ReturnType<typeof shell>>()

/** What a command does; each runs once, as the same line always prints the same. */
function once(line: string): ReturnType<typeof shell> {
  const result = runs.get(line) ?? shell(line)
  runs.set(line, result)
  return result
}

/** Numbers in a text, without what separates or follows their digits. */
const digits = (text: string) => text.replaceAll(/[,%]/g, '')

describe.each(topics)('walk %s', (topic) => {
  const { title, steps } = parseWalkthrough(markdown(topic))

  test('without a terminal it is printed whole, with what its commands print, and fits 80 columns', async () => {
    const { stdout, stderr, code } = await cachelab(['walk', topic])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.startsWith(`${title}\n`)).toBe(true)
    for (const [i, step] of steps.entries()) {
      expect(stdout).toContain(`${i + 1}/${steps.length} ${step.title}\n`)
      for (const block of step.blocks) {
        if (block.kind === 'run')
          expect(stdout).toContain(`$ ${block.line}\n${(await once(block.line)).stdout}`)
      }
    }
    for (const line of stdout.split('\n')) {
      if (!line.startsWith('$ ')) expect([...line].length).toBeLessThanOrEqual(80)
    }
  })

  test('its numbers are those that its commands print', async () => {
    const printed: string[] = []
    for (const step of steps) {
      for (const block of step.blocks) {
        if (block.kind !== 'run') continue
        const { stdout, code } = await once(block.line)
        expect([block.line, code]).toEqual([block.line, 0])
        printed.push(stdout)
      }
    }
    for (const [, quoted] of markdown(topic).matchAll(/\*\*([^*]*\d[^*]*)\*\*/g)) {
      expect(printed.some((output) => output.includes(quoted))).toBe(true)
    }
    let answers = 0
    for (const { blocks } of steps) {
      for (const [i, block] of blocks.entries()) {
        if (block.kind !== 'predict') continue
        answers++
        const answer = blocks.slice(i).find((later) => later.kind === 'run')
        if (answer?.kind !== 'run') throw new Error(`no command answers "${block.question}"`)
        expect(digits((await once(answer.line)).stdout)).toMatch(
          new RegExp(`(?<![\\d.])${digits(block.answer)}(?!\\d)`),
        )
      }
    }
    expect(answers).toBeGreaterThan(0)
  })
})

test('without a topic the walkthroughs are listed', async () => {
  const { stdout, code } = await cachelab(['walk'])
  expect(code).toBe(0)
  for (const topic of topics) expect(stdout).toContain(`cachelab walk ${topic}\n`)
})

test('an unknown topic', async () => {
  const { stdout, stderr, code } = await cachelab(['walk', 'evicton'])
  expect([stdout, code]).toEqual(['', 2])
  expect(stderr).toMatch(
    /^error: topic must be one of why, redis, .*got "evicton" \(did you mean eviction\?\)\n$/,
  )
})

describe('in a terminal', () => {
  let state: string
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), 'cachelab-walk-'))
  })

  /** Walks through the ring in a pseudo-terminal: at each prompt one of the answers is typed. */
  function walk(answers: readonly string[], options = '') {
    const line = `"${process.execPath}" "${root}bin/cachelab.js" walk ring ${options}`
    const env = { ...process.env, XDG_STATE_HOME: state, TERM: 'xterm', FORCE_COLOR: '0' }
    const child = spawn('script', ['-qec', line, '/dev/null'], { env, timeout: 10_000 })
    const left = [...answers]
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text.replaceAll('\r', '')
      if (/(quit |\n> )$/.test(stdout) && left.length > 0) child.stdin.write(left.shift()!)
    })
    return new Promise<{ stdout: string; code: number | null; titles: number[] }>((resolve) => {
      child.on('close', (code) => {
        const titles = [...stdout.matchAll(/^(\d)\/6 /gm)].map((match) => Number(match[1]))
        resolve({ stdout, code, titles })
      })
    })
  }

  test('Enter goes on, a guess is judged, b goes back, q quits', async () => {
    const { stdout, code, titles } = await walk(['\r', '80\r', 'b', '\r', '\r', 'q'])
    expect(code).toBe(0)
    expect(titles).toEqual([1, 2, 1, 2])
    expect(stdout).toContain('> 80\n')
    expect(stdout).toContain('You said 80, it is 79.76. Near!')
  })

  test('it goes on where one was, or anew', async () => {
    await walk(['\r', '\r', '\r', 'q'])
    const again = await walk(['q'])
    expect(again.titles).toEqual([3])
    expect(again.stdout).toContain('Going on at step 3')
    expect((await walk(['q'], '--restart')).titles).toEqual([1])
  })

  test('a guess can be corrected', async () => {
    expect((await walk(['\r', '8\u007f79.76\r', 'q'])).stdout).toContain('Exactly: it is 79.76.')
  })

  test('Ctrl-C ends it, and the end of the input too', async () => {
    expect((await walk(['\r', '\u0003'])).code).toBe(130)
    expect((await walk(['\u0004'])).code).toBe(0)
  })

  test('to the end, and then it begins at the beginning', async () => {
    expect((await walk(['\r', '\r', '\r', '\r', '\r', '\r', '\r', '\r'])).titles).toEqual([1, 2, 3, 4, 5, 6])
    expect((await walk(['q'])).titles).toEqual([1])
  })
})
