import { spawn } from 'node:child_process'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { solvedLab } from './lab.js'
import { cachelab, root } from './run.js'

/** `cachelab watch` in a pseudo-terminal: what it printed so far, and ways to wait and to press keys. */
class Session {
  printed = ''
  readonly ended: Promise<number | null>
  private readonly child

  constructor(lab: string, args: readonly string[] = []) {
    const line = [process.execPath, `${root}bin/cachelab.js`, 'watch', ...args]
      .map((word) => `'${word}'`)
      .join(' ')
    this.child = spawn('script', ['-qec', line, '/dev/null'], {
      cwd: lab,
      env: { ...process.env, FORCE_COLOR: '0' },
      timeout: 50_000,
    })
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.printed += text.replaceAll('\r', '')
    })
    this.ended = new Promise((resolve) => this.child.on('close', resolve))
  }

  press(key: string): void {
    this.child.stdin.write(key)
  }

  /** Waits for a text behind what was seen before; milliseconds that it took. */
  async see(text: string): Promise<number> {
    const begun = performance.now()
    for (let at = -1; at < 0; at = this.printed.indexOf(text)) {
      if (performance.now() - begun > 20_000) throw new Error(`no "${text}" in:\n${this.printed}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    this.printed = this.printed.slice(this.printed.indexOf(text) + text.length)
    return performance.now() - begun
  }
}

const KEYS = 'q quit'

test('checks at the start and on save, knows its keys, and goes on where one was', async () => {
  const lab = solvedLab()
  const file = join(lab, 'hash-ring.js')
  const right = readFileSync(file, 'utf8')
  writeFileSync(file, right.replace('current = next', ''))
  const session = new Session(lab, ['hash-ring'])
  await session.see('checking hash-ring …')
  await session.see('✗ a rolling deployment, added up')
  await session.see(KEYS)
  session.press('h')
  await session.see('1/4 Write a function that builds the ring first')
  session.press('l')
  await session.see('→ hash-ring: 5 of 6 checks')
  session.press('r')
  await session.see('checking hash-ring …')
  await session.see(KEYS)

  writeFileSync(file, right)
  expect(await session.see('checking hash-ring …')).toBeLessThan(300)
  await session.see('✓ 20 of 20 points.')
  await session.see('✓ hash-ring is done. n: the next.')
  await session.see(KEYS)

  session.press('n')
  await session.see('checking replication …')
  await session.see(KEYS)
  appendFileSync(join(lab, 'keys-moved.js'), '\n')
  await session.see('checking keys-moved …')
  await session.see('✓ keys-moved is done')
  await session.see(KEYS)
  session.press('q')
  expect(await session.ended).toBe(0)

  // What passed isn't checked again; the next that isn't done is.
  const again = new Session(lab)
  await again.see('checking sentinel-or-cluster …')
  await again.see(KEYS)
  again.press('\u0004')
  expect(await again.ended).toBe(0)
}, 60_000)

test('what passed is not checked again until its file changes', async () => {
  const lab = solvedLab()
  expect((await cachelab(['check', 'keys-moved'], { cwd: lab })).code).toBe(0)
  const session = new Session(lab, ['keys-moved'])
  await session.see('✓ keys-moved is done; it is checked again when keys-moved.js changes.')
  appendFileSync(join(lab, 'keys-moved.js'), '\n')
  await session.see('checking keys-moved …')
  await session.see(KEYS)
  session.press('q')
  expect(await session.ended).toBe(0)
}, 60_000)

test('a newer save cancels the older run', async () => {
  const lab = solvedLab()
  const file = join(lab, 'keys-moved.js')
  const right = readFileSync(file, 'utf8')
  writeFileSync(file, 'for (;;);')
  const session = new Session(lab, ['keys-moved'])
  await session.see('checking keys-moved …')
  // By now the first check runs what was there.
  await new Promise((resolve) => setTimeout(resolve, 1000))
  writeFileSync(file, right)
  await session.see('checking keys-moved …')
  await session.see('✓ 10 of 10 points.')
  await session.see(KEYS)
  expect(session.printed).not.toContain('no answer')
  session.press('\u0003')
  expect(await session.ended).toBe(130)
}, 60_000)

test('without a terminal it says what to do instead', async () => {
  const { stderr, code } = await cachelab(['watch'], { cwd: solvedLab() })
  expect([code, stderr]).toEqual([
    2,
    'error: cachelab watch needs a terminal for its keys; cachelab check checks once\n',
  ])
})
