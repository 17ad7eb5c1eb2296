import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashFunctions, hashText } from '../../src/hashing/index.js'
import { keyPositions, LineKeys } from '../../src/keys/index.js'

async function* pieces(bytes: Uint8Array, size: number) {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}

function source(text: string | Uint8Array, size = 1 << 16): LineKeys {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return new LineKeys('keys.txt', pieces(bytes, size))
}

async function read(keys: LineKeys): Promise<string[]> {
  const texts: string[] = []
  for await (const text of keys.texts()) texts.push(text)
  return texts
}

test('one key a line; blank lines are skipped and counted', async () => {
  const keys = source('a\n\n b c \n \t\r\nd\r\n\ne')
  expect(await read(keys)).toEqual(['a', ' b c ', 'd', 'e'])
  expect(keys.blankLines).toBe(3)
})

test('a byte order mark is not part of the first key', async () => {
  expect(await read(source('\ufeffa\nb\n'))).toEqual(['a', 'b'])
})

test('however the bytes are cut up, the keys are the same', async () => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n\ufeff]/g, ''))
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 7 }), async (lines, size) => {
      const text = lines.join('\n')
      const wanted = lines.filter((value) => !/^[ \t]*$/.test(value))
      expect(await read(source(text, size))).toEqual(wanted)
      const [positions] = await keyPositions(source(text, size), [hashFunctions.md5.hash])
      expect([...positions]).toEqual(wanted.map((value) => hashText(hashFunctions.md5.hash, value)))
    }),
  )
})

test('bytes that are not UTF-8 are named by their line', async () => {
  const bytes = Uint8Array.from([...new TextEncoder().encode('a\nb\n\n'), 0xff, 10, 97])
  await expect(read(source(bytes))).rejects.toThrow('keys.txt, line 4: not UTF-8 text')
  await expect(read(source(bytes, 3))).rejects.toThrow('keys.txt, line 4: not UTF-8 text')
})

test('a line over a mebibyte is refused, wherever it ends', async () => {
  const long = 'x'.repeat((1 << 20) + 1)
  await expect(read(source(`a\n${long}`))).rejects.toThrow('keys.txt, line 2: longer than 1048576 bytes')
  await expect(read(source(`a\n${long}\nb`, 5_000_000))).rejects.toThrow('line 2')
  expect(await read(source(`a\n${long.slice(1)}\nb`))).toHaveLength(3)
})

test('a list of unknown length grows as needed', async () => {
  const count = 200_000
  const text = Array.from({ length: count }, (_, i) => `k${i}`).join('\n')
  const [positions] = await keyPositions(source(text), [hashFunctions.murmur3.hash])
  expect(positions).toHaveLength(count)
  expect(positions[count - 1]).toBe(hashText(hashFunctions.murmur3.hash, `k${count - 1}`))
})
