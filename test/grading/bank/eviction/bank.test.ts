import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checks } from '../../../../exercises/eviction/checks.js'
import { createRandom } from '../../../../src/random/random.js'
import { judgeBank } from '../../bank.js'
import { inProcess } from '../../in-process.js'

judgeBank('eviction')

const folder = join(import.meta.dirname, 'wrong')
const byChance = readdirSync(folder).filter((file) => /(random|zipf|same|outside).*\.js$/.test(file))

test.each(byChance)(
  'what is said about %s is the same on every run, though it draws by chance',
  async (file) => {
    const path = join(folder, file)
    const [, list] = /^\/\/ \w+: (.*)\n/.exec(readFileSync(path, 'utf8'))!
    for (const { id, run } of checks.filter((check) => list.split(', ').includes(check.id))) {
      const said = []
      for (const _ of [1, 2]) {
        const solution = await inProcess(path)
        said.push(await run(solution, createRandom('a seed', id)).catch(({ message }: Error) => message))
      }
      expect(said[0]).toEqual(expect.any(String))
      expect(said[1]).toBe(said[0])
    }
  },
  300_000,
)
