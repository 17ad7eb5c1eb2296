import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { routes } from '../../src/cli/routes.js'
import { expectGolden, inLab, lines, long } from './golden-output.js'
import { solvedLab, temporaryFolder } from './lab.js'
import { root } from './run.js'

/** Routes without one, and why. */
const exceptions = {
  again: 'says on standard error whether the result is the same (again.test.ts)',
  watch: 'needs a terminal, and a key to end it (watch.test.ts)',
  'redis-serve': 'serves until it is told to end (redis.test.ts)',
  'redis-compare': 'needs a server (redis.test.ts)',
  'lab-up': 'starts servers (remote.test.ts)',
  'lab-down': 'ends servers (remote.test.ts)',
  'lab-failover': 'starts servers (remote.test.ts)',
}

function flawedLab(): string {
  const lab = solvedLab()
  const flaw = (file: string, right: string, wrong: string) => {
    const text = readFileSync(join(lab, file), 'utf8')
    expect(text).toContain(right)
    writeFileSync(join(lab, file), text.replace(right, wrong))
  }
  flaw('eviction.js', 'a.last < b.last', 'a.last > b.last')
  flaw('keys-moved.js', 'Math.max(before, after)\n}', 'after\n}')
  return lab
}

describe('golden outputs', () => {
  test.each(Object.entries(lines))('%s', (name, line) => expectGolden(name, line))

  test.each(Object.entries(inLab))('in a lab: %s', (name, line) =>
    expectGolden(name, line, name === 'init' ? temporaryFolder() : flawedLab()),
  )

  test('each route has one or a reason, and each file is compared', () => {
    const wanted = routes.filter(({ hidden }) => !hidden).map(({ path }) => path.join('-'))
    const compared = Object.keys({ ...lines, ...long, ...inLab })
    expect(wanted.filter((name) => !compared.includes(name)).sort()).toEqual(Object.keys(exceptions).sort())
    const files = readdirSync(join(root, 'test/cli/golden')).map((file) => file.replace('.txt', ''))
    expect(files.sort()).toEqual(compared.sort())
  })
})
