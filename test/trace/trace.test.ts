import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KeyIndex } from '../../src/trace/key-index.js'
import { Trace, type TraceOptions } from '../../src/trace/trace.js'
import { byLayer } from '../layer.js'

const requests = readFileSync(new URL('../fixtures/zipf10k.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map(Number)
const text = (value: string) => new TextEncoder().encode(value)

async function* pieces(bytes: Uint8Array, size: number) {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}

async function read(bytes: Uint8Array, options: TraceOptions = {}, size = 1000): Promise<number[]> {
  const all: number[] = []
  for await (const { keys } of new Trace('trace', pieces(bytes, size), options).batches()) all.push(...keys)
  return all
}

/** Keys numbered in the order in which they first come. */
function numbered(keys: readonly unknown[]): number[] {
  const order = new Map<unknown, number>()
  return keys.map((key) => {
    if (!order.has(key)) order.set(key, order.size)
    return order.get(key)!
  })
}

function oracle(keys: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(keys.length * 24)
  const view = new DataView(bytes.buffer)
  for (const [i, key] of keys.entries()) {
    view.setUint32(i * 24, Math.floor(i / 10), true)
    view.setBigUint64(i * 24 + 4, BigInt(key), true)
    view.setUint32(i * 24 + 12, 1, true)
    const next = keys.indexOf(key, i + 1)
    view.setBigInt64(i * 24 + 16, BigInt(next < 0 ? -1 : next), true)
  }
  return bytes
}

/** A zstd frame of one raw block, as RFC 8878 lays it out. */
function zstandard(content: Uint8Array): Uint8Array {
  const size = content.length
  const header = [
    0x28,
    0xb5,
    0x2f,
    0xfd,
    0xa0,
    size & 0xff,
    (size >> 8) & 0xff,
    (size >> 16) & 0xff,
    size >>> 24,
  ]
  const block = (size << 3) | 1
  return Uint8Array.from([...header, block & 0xff, (block >> 8) & 0xff, block >> 16, ...content])
}

const plain = text(`${requests.join('\n')}\n`)
const csv = text(`time,key,size\n${requests.map((key, i) => `${i},${key},1`).join('\n')}\n`)
const wanted = numbered(requests)

describe('every format gives the same requests', () => {
  const few = requests.slice(0, 500)

  test.each<[string, Uint8Array, TraceOptions, number[]]>([
    ['text', plain, {}, wanted],
    ['text with Windows line ends', text(requests.join('\r\n')), {}, wanted],
    ['csv by name', csv, { keyColumn: 'key' }, wanted],
    ['tsv by name', text(new TextDecoder().decode(csv).replaceAll(',', '\t')), { keyColumn: 'key' }, wanted],
    [
      'csv by number, no names',
      text(requests.map((key) => `x,${key}`).join('\n')),
      { keyColumn: '2' },
      wanted,
    ],
    ['gzip', gzipSync(plain), {}, wanted],
    ['gzipped csv', gzipSync(csv), { keyColumn: 'key' }, wanted],
    ['zstd', zstandard(plain), {}, wanted],
    ['oracleGeneral', oracle(few), {}, numbered(few)],
    ['gzipped oracleGeneral', gzipSync(oracle(few)), { format: 'oracleGeneral' }, numbered(few)],
  ])('%s', async (_, bytes, options, numbers) => {
    for (const size of [7, 1000, 1 << 20]) expect(await read(bytes, options, size)).toEqual(numbers)
  })

  test('quoted fields', async () => {
    const table = 'id,note\n1,"a, ""b"""\n2,c\n3,"a, ""b"""\n'
    expect(await read(text(table), { keyColumn: 'note' })).toEqual([0, 1, 0])
    expect(await read(text(table), { keyColumn: 'id' })).toEqual([0, 1, 2])
  })
})

describe('what can’t be read', () => {
  test.each<[string, Uint8Array, TraceOptions, string]>([
    ['nothing', new Uint8Array(0), {}, 'trace holds no requests'],
    ['blank lines', text('\n\n'), {}, 'trace holds no requests'],
    [
      'a record cut short',
      oracle([1, 2, 3]).subarray(0, 60),
      {},
      'trace, record 3: cut short, 12 of 24 bytes',
    ],
    [
      'random bytes',
      Uint8Array.from({ length: 4800 }, (_, i) => (i * i * 31 + i) & 0xff),
      { format: 'oracleGeneral' },
      'not oracleGeneral',
    ],
    ['a gzip that breaks off', gzipSync(plain).subarray(0, 5000), {}, 'trace: the gzip data ends early'],
    ['a damaged gzip', gzipSync(plain).fill(7, 2000, 2100), {}, 'trace: the gzip'],
    ['a zstd that breaks off', zstandard(plain).subarray(0, 5000), {}, 'trace: the zstd data ends early'],
    [
      'a csv without the column',
      csv,
      { keyColumn: 'id' },
      'there is no column "id"; the columns are 1 "time", 2 "key", 3 "size"',
    ],
    ['a csv whose key isn’t known', csv, {}, 'say with --key-column which one is the key'],
    [
      'a row that is too short',
      text('a,b\n1,2\n3\n'),
      { keyColumn: 'b' },
      'trace, line 3: 1 column between commas, line 1 has 2',
    ],
    ['a line that is too long', text('x'.repeat((1 << 20) + 1)), {}, 'line 1: longer than'],
    ['bytes that are no text', Uint8Array.from([97, 10, 0xff, 10]), {}, 'trace, line 2: not UTF-8 text'],
  ])('%s', async (_, bytes, options, message) => {
    await expect(read(bytes, options)).rejects.toThrow(message)
  })
})

test('keys of any bytes are numbered as a map would, whatever looks alike', () => {
  const key = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
    fc.nat({ max: 5000 }).map(String),
    fc.constantFrom('0', '00', '007', '7', '16777216', '99999999', '-1', '1e3'),
  )
  fc.assert(
    fc.property(fc.array(key, { maxLength: 200 }), (keys) => {
      const index = new KeyIndex()
      const found = keys.map((value) => {
        const bytes = text(`<${value}>`)
        return index.number(bytes, 1, bytes.length - 1)
      })
      expect(found).toEqual(numbered(keys))
      expect(index.size).toBe(new Set(keys).size)
    }),
    { numRuns: byLayer(10, 200) },
  )
})

test('the index grows to many keys', () => {
  const index = new KeyIndex()
  const wrong: number[] = []
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 50_000; i++) {
      const bytes = text(`user:${i}:profile`)
      if (index.number(bytes, 0, bytes.length) !== i) wrong.push(i)
    }
  }
  expect(wrong).toEqual([])
})

test('keys of every length, over several pages', () => {
  const index = new KeyIndex()
  const source = new Uint8Array(1 << 20).fill(120)
  const lengths = [0, 1, 3, 4, 254, 255, 256, 65_536, ...Array.from({ length: 40 }, (_, i) => (1 << 20) - i)]
  for (let round = 0; round < 2; round++)
    expect(lengths.map((length) => index.number(source, 0, length))).toEqual([...lengths.keys()])
  expect(index.numberOf(7)).toBe(lengths.length)
  expect(index.number(source, 0, 2)).toBe(lengths.length + 1)
  expect(index.number(source, 0, 2)).toBe(lengths.length + 1)
})

test('the index grows to large numbers', () => {
  const index = new KeyIndex()
  const keys = [0, 2047, 2048, 4096, 5, 1 << 20, (1 << 24) - 1]
  for (let round = 0; round < 2; round++)
    expect(keys.map((key) => index.numberOf(key))).toEqual([...keys.keys()])
})
