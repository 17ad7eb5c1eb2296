import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { expect, test } from 'vitest'
import { slugs } from '../../src/grading/course.js'
import { temporaryFolder } from '../cli/lab.js'
import { cachelab } from '../cli/run.js'
import { isThorough } from '../layer.js'
import { bankOf, wrongOnes } from './wrong-ones.js'

const BUSY = 20
/** BANK_SHARE in the environment says how many of each exercise, right and wrong; without it there are none: it takes minutes. */
const COUNT = Number(process.env.BANK_SHARE) || 0

/** Submissions with one solution of the bank each. */
function submissions(): string {
  const batch = temporaryFolder()
  for (const slug of slugs()) {
    const right = readdirSync(join(bankOf(slug), 'right'))
      .filter(runsInNode)
      .slice(0, COUNT)
    const wrong = wrongOnes(slug)
      .filter(({ file }) => runsInNode(file))
      .slice(0, COUNT)
    for (const path of [
      ...right.map((file) => `right/${file}`),
      ...wrong.map(({ file }) => `wrong/${file}`),
    ]) {
      const lab = join(batch, `${slug}-${path.replace('/', '-')}`)
      mkdirSync(lab)
      const file = `${slug}${extname(path)}`
      copyFileSync(join(bankOf(slug), path), join(lab, file))
      writeFileSync(join(lab, 'package.json'), '{"type":"module"}')
      writeFileSync(join(lab, 'cachelab.json'), JSON.stringify({ exercises: { [slug]: { file } } }))
    }
  }
  return batch
}

const runsInNode = (file: string): boolean => /\.[jt]s$/.test(file)

test.runIf(isThorough && COUNT > 0)(
  'solutions of the bank get the same grades on a machine with 20 other programs that never rest',
  async () => {
    const batch = submissions()
    const graded = async () => {
      const { stdout, stderr, code } = await cachelab(
        ['grade', '--batch', batch, '--seed', 'load', '--format', 'csv'],
        { env: { GITHUB_ACTIONS: '' } },
      )
      expect([code, stderr.replaceAll(/^note: .*\n/gm, '')]).toEqual([0, ''])
      return stdout
    }
    const calm = await graded()
    const busy: ChildProcess[] = []
    try {
      for (let i = 0; i < BUSY; i++)
        busy.push(spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' }))
      expect(await graded()).toBe(calm)
    } finally {
      for (const child of busy) child.kill('SIGKILL')
    }
    const rows = calm.split('\n').slice(1, -1)
    expect(rows.length).toBeGreaterThanOrEqual(2 * slugs().length)
  },
  1_800_000,
)
