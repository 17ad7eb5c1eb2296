import { expect, test } from 'vitest'
import type { Report } from '../../src/report/index.js'
import { cachelab } from '../cli/in-process.js'

/** A one with a plural behind it, as in `1 nodes`, but not the end of another number or of an interval. */
const WRONG =
  /(?<![\d.,–±×÷−] ?)\b1 (virtual |acknowledged |extra )*(bytes|caches|commands|copies|crashes|failovers|hops|items|keys|masters|misses|moves|nodes|questions|reads|replicas|requests|rings|runs|servers|slots|steps|times|writes)\b.*/

test.each([
  'ring --nodes 1 --keys 1 --vnodes 1',
  'ring draw --nodes 1 --vnodes 1',
  'ring route one',
  'ring rolling --from 1 --to 2 --keys 1',
  'ring weights --weight a=1 --keys 1',
  'ring compare --nodes 1 --keys 1',
  'ring min-vnodes --nodes 2 --runs 1 --keys 1',
  'ring sweep --nodes 2 --vnodes 1,2 --runs 1 --keys 1',
  'evict --keys 1 --capacity 1 --requests 1 --warmup 0 --runs 1 --exponent 1',
  'evict distributed --nodes 1 --keys 10 --capacity 1 --requests 10',
  'evict steps --policy lru --capacity 1 A',
  'replicate --nodes 1 --replicas 1 --keys 1',
  'replicate sweep --nodes 1 --replicas 1 --keys 1',
  'replicate timeline --nodes 1 --replicas 1 --duration 1s --rate 1',
  'replicate scale --nodes 2 --replicas 1 --keys 1 --requests 1',
  'tiers --servers 1 --nodes 1 --duration 1s',
  'cluster create --masters 3 --replicas 1',
  'cluster slot a --masters 1',
  'memcached ring --nodes 1 --keys 1',
  'memcached slabs --item 1',
  'redis durability --keys 1 --crashes 2 --rate 10',
  'quiz --questions 1 --seed 1',
])('%s counts one of a thing', async (line) => {
  const { stdout, code } = await cachelab([...line.split(' '), '--format', 'json'])
  expect([line, code]).toEqual([line, 0])
  const { title, tables, findings }: Report = JSON.parse(stdout)
  const texts = [title, ...tables.map((table) => table.title), ...findings.map(({ text }) => text)]
  expect(texts.flatMap((text) => WRONG.exec(text)?.[0] ?? [])).toEqual([])
})
