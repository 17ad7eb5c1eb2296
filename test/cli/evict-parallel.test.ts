import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cachelab } from './in-process.js'
import { temporaryFolder } from './lab.js'

// Long enough for workers; each half is done in place.
const long = 'evict --policies lru,fifo --runs 2 --requests 950000 --warmup 50000'.split(' ')

test('evict prints the same on any number of cores, in workers and in place', async () => {
  const [one, two, three] = await Promise.all(
    ['1', '2', '3'].map((jobs) => cachelab([...long, '--jobs', jobs, '--format', 'json'])),
  )
  expect(one.code, one.stderr).toBe(0)
  expect([two.stdout, three.stdout]).toEqual([one.stdout, one.stdout])
  const folder = temporaryFolder()
  for (const half of ['1/2', '2/2'])
    writeFileSync(join(folder, `${half[0]}.json`), (await cachelab([...long, '--shard', half])).stdout)
  expect((await cachelab(['merge', folder, '--format', 'json'])).stdout).toBe(one.stdout)
})
