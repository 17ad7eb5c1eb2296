import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checks } from '../../../../exercises/eviction/checks.js'
import { createRandom } from '../../../../src/random/random.js'
import { byLayer } from '../../../layer.js'
import { judgeBank, oneOfEach } from '../../bank.js'
import { inProcess } from '../../in-process.js'
import { wrongOnes } from '../../wrong-ones.js'

judgeBank('eviction')

const byChance = wrongOnes('eviction').filter(({ file }) => /(random|zipf|same|outside).*\.js$/.test(file))

test.each(
  byLayer(
    oneOfEach(byChance, ({ fails }) => fails),
    byChance,
  ),
)(
  'what is said about $file is the same on every run, though it draws by chance',
  async ({ file, fails }) => {
    const path = join(import.meta.dirname, 'wrong', file)
    for (const { id, run } of checks.filter((check) => fails.split(', ').includes(check.id))) {
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
