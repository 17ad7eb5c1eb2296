import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { plainPaint } from '../../src/report/paint.js'
import { renderProse } from '../../src/walk/render.js'
import { judgeGuess, parseWalkthrough, type Walkthrough } from '../../src/walk/walkthrough.js'
import { byLayer } from '../layer.js'
import { cachelab, shell } from './in-process.js'
import { root } from './run.js'

const LONG = ['eviction', 'why', 'cluster', 'memcached', 'replication', 'sentinel', 'skew']
const folder = `${root}src/walk/topics`
const topics = readdirSync(folder).map((file) => file.replace('.md', ''))
/** Those with the longest experiments are walked through in the thorough layer. */
const walked = byLayer(
  topics.filter((topic) => !LONG.includes(topic)),
  topics,
)
const markdown = (topic: string) => readFileSync(join(folder, `${topic}.md`), 'utf8')

/** What the commands of a walkthrough print in it: what stands between what is said before and behind each. */
function printedIn(stdout: string, { title, about, steps }: Walkthrough): Map<string, string> {
  const prose = (text: string) => `${renderProse(text, 80, plainPaint)}\n`
  const printed = new Map<string, string>()
  let said = `${title}\n${prose(about)}\n`
  let answer = ''
  let at = 0
  let line: string | undefined
  const expectSaid = (found: number) => {
    expect(stdout.slice(found, found + said.length)).toBe(said)
    if (line !== undefined) printed.set(line, stdout.slice(at, found))
    at = found + said.length
  }
  for (const [i, step] of steps.entries()) {
    said += `${i + 1}/${steps.length} ${step.title}\n`
    for (const block of step.blocks) {
      if (block.kind === 'prose') said += `\n${prose(block.text)}`
      if (block.kind === 'predict') {
        said += `\n${prose(`Guess: ${block.question}`)}`
        answer = `\n${judgeGuess('', block.answer)}\n`
      }
      if (block.kind !== 'run') continue
      said += `\n$ ${block.line}\n`
      expectSaid(line === undefined ? 0 : stdout.indexOf(said, at))
      line = block.line
      said = answer
      answer = ''
    }
    said += '\n'
  }
  expectSaid(stdout.length - said.length)
  return printed
}

/** Numbers in a text, without what separates or follows their digits. */
const digits = (text: string) => text.replaceAll(/[,%]/g, '')

describe.each(walked)('walk %s', (topic) => {
  const walk = parseWalkthrough(markdown(topic))

  let stdout = ''
  let printed: Map<string, string>
  beforeAll(async () => {
    const result = await cachelab(['walk', topic])
    expect([result.code, result.stderr]).toEqual([0, ''])
    stdout = result.stdout
    printed = printedIn(stdout, walk)
  })

  test('without a terminal it is printed whole, and fits 80 columns', () => {
    for (const line of stdout.split('\n')) {
      if (!/^(\$|client:\d+>) /.test(line)) expect([...line].length).toBeLessThanOrEqual(80)
    }
  })

  test('its commands print what they print outside of it', async () => {
    // Each is run in the same way, so one is enough.
    const [[line, output]] = printed
    expect(await shell(line)).toMatchObject({ code: 0, stdout: output })
  })

  test('its numbers are those that its commands print', () => {
    for (const [, quoted] of markdown(topic).matchAll(/\*\*([^*]*\d[^*]*)\*\*/g)) {
      expect([...printed.values()].some((output) => output.includes(quoted))).toBe(true)
    }
    let answers = 0
    for (const { blocks } of walk.steps) {
      for (const [i, block] of blocks.entries()) {
        if (block.kind !== 'predict') continue
        answers++
        const answer = blocks.slice(i).find((later) => later.kind === 'run')
        if (answer?.kind !== 'run') throw new Error(`no command answers "${block.question}"`)
        expect(digits(printed.get(answer.line)!)).toMatch(
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
    const child = spawn('script', ['-qec', line, '/dev/null'], { env })
    const left = [...answers]
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text.replaceAll('\r', '')
      if (/(quit |\n> )$/.test(stdout) && left.length > 0) child.stdin.write(left.shift()!)
    })
    return new Promise<{ stdout: string; code: number | null; titles: number[] }>((resolve) => {
      child.on('close', (code) => {
        // It has ended by itself.
        expect([child.killed, left]).toEqual([false, []])
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
    expect(stdout).toContain('You said 80; the answer is 79.76. That is close.')
  })

  test('it goes on where one was, or anew', async () => {
    await walk(['\r', '\r', '\r', 'q'])
    const again = await walk(['q'])
    expect(again.titles).toEqual([3])
    expect(again.stdout).toContain('Continuing at step 3')
    expect((await walk(['q'], '--restart')).titles).toEqual([1])
  })

  test('a guess can be corrected', async () => {
    expect((await walk(['\r', '8\u007f79.76\r', 'q'])).stdout).toContain('Exactly: the answer is 79.76.')
  })

  test('Ctrl-C ends it, and the end of the input too', async () => {
    expect((await walk(['\r', '\u0003'])).code).toBe(130)
    const atGuess = await walk(['\u0004'])
    expect([atGuess.code, atGuess.titles]).toEqual([0, [2]])
    expect((await walk(['\u0004'], '--restart')).titles).toEqual([1])
  })

  test('to the end, and then it begins at the beginning', async () => {
    expect((await walk(['\r', '\r', '\r', '\r', '\r', '\r', '\r', '\r'])).titles).toEqual([1, 2, 3, 4, 5, 6])
    expect((await walk(['q'])).titles).toEqual([1])
  })
})
