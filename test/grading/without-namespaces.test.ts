import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadExercise } from '../../src/grading/course.js'
import { isolation } from '../../src/grading/enclosure.js'
import { gradeLab } from '../../src/grading/grade.js'
import { openLab } from '../../src/grading/lab.js'
import { gradeLimits } from '../../src/grading/process.js'
import { root } from '../cli/run.js'

const folder = mkdtempSync(join(tmpdir(), 'plain-'))
const right = readFileSync(join(root, 'exercises/keys-moved/solution.js'), 'utf8')
const { PATH } = process.env

beforeAll(() => {
  mkdirSync(join(folder, 'bin'))
  mkdirSync(join(folder, 'tmp'))
  // A system whose kernel doesn't let anybody make namespaces.
  writeFileSync(join(folder, 'bin', 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  process.env.PATH = `${join(folder, 'bin')}:${PATH}`
  process.env.TMPDIR = join(folder, 'tmp')
  expect(isolation()).toBe('processes')
})

afterAll(() => {
  process.env.PATH = PATH
  delete process.env.TMPDIR
  rmSync(folder, { recursive: true })
})

async function grade(file: string, source: string, command?: readonly string[]) {
  const lab = mkdtempSync(join(folder, 'lab-'))
  writeFileSync(join(lab, 'package.json'), '{"type":"module"}')
  writeFileSync(join(lab, file), source)
  writeFileSync(
    join(lab, 'cachelab.json'),
    JSON.stringify({ exercises: { 'keys-moved': { file, ...(command ? { command } : {}) } } }),
  )
  const exercise = await loadExercise('keys-moved')
  const result = await gradeLab(openLab(lab), [exercise], {
    seed: 'plain',
    limits: { ...gradeLimits, time: 2500 },
  })
  expect(result.isolation).toBe('processes')
  return result.exercises[0]
}

/** Programs of a solution that still run. */
function survivors(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'latin1')
      return Number(pid) !== process.pid && environment.includes(`TMPDIR=${join(folder, 'tmp')}`)
    } catch {
      return false
    }
  })
}

test('a right solution gets all points', async () => {
  expect((await grade('x.js', right)).score).toBe(10)
})

test('Node’s permissions keep it from files and programs outside', async () => {
  for (const attempt of [
    `(await import('node:fs')).readFileSync(${JSON.stringify(join(root, 'README.md'))}, 'utf8')`,
    "(await import('node:fs')).readFileSync('/proc/' + process.ppid + '/environ', 'utf8')",
    `(await import('node:fs')).writeFileSync(${JSON.stringify(join(folder, 'escaped'))}, '')`,
    "(await import('node:child_process')).execSync('true')",
  ]) {
    const { checks } = await grade('x.js', `export async function movedByModulo() { return ${attempt} }`)
    expect(checks[0].message).toMatch(/Access to this API has been restricted/)
  }
  expect(readdirSync(folder)).not.toContain('escaped')
})

test('children that detached themselves are found by their mark', async () => {
  const source =
    'import os, time\nfor _ in range(3):\n  if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n      os.close(0); os.close(1); os.close(2)\n      time.sleep(600)\n    os._exit(0)\ntime.sleep(0.2)\n'
  const { checks } = await grade('x.py', source, ['python3', 'x.py'])
  for (const { message } of checks) expect(message).toContain('ended by itself, with exit code 0')
  expect(survivors()).toEqual([])
  expect(readdirSync(join(folder, 'tmp'))).toEqual([])
})

test('loops, floods and fork bombs end', async () => {
  const loop = await grade(
    'x.py',
    'import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(600)',
    ['python3', 'x.py'],
  )
  expect(loop.checks[0].message).toContain('within 2.5 seconds')
  const flood = await grade('x.py', 'while True: print("x" * 65536)', ['python3', 'x.py'])
  expect(flood.checks[0].message).toContain('printed more than 32 MB')
  const bomb = await grade(
    'x.py',
    'import os, time\nfor _ in range(120):\n  if os.fork() == 0: time.sleep(600)\ntime.sleep(600)',
    ['python3', 'x.py'],
  )
  expect(bomb.checks[0].message).toMatch(/started more than 48 processes|used more than 512 MB/)
  expect(survivors()).toEqual([])
})
