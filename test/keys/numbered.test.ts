import { expect, test } from 'vitest'
import { hashFunctions, hashText } from '../../src/hashing/index.js'
import { keyPositions, NumberedText, numberedKeys } from '../../src/keys/index.js'

test('counts up in decimal, into more digits', () => {
  const text = new NumberedText('é')
  for (let i = 0; i <= 12_345; i++) {
    if (i < 12 || i === 99 || i === 100 || i > 9998) {
      expect(new TextDecoder().decode(text.bytes.subarray(0, text.end))).toBe(`é${i}`)
    }
    text.advance()
  }
})

test('numbered keys hash as their texts do, over more than one batch', async () => {
  const { md5, crc16 } = hashFunctions
  const [positions, others] = await keyPositions(numberedKeys(40_000), [md5.hash, crc16.hash])
  expect(positions).toHaveLength(40_000)
  for (const i of [0, 9, 10, 16_383, 16_384, 39_999]) {
    expect(positions[i]).toBe(hashText(md5.hash, `key-${i}`))
    expect(others[i]).toBe(hashText(crc16.hash, `key-${i}`))
  }
})

test('progress is told as it goes', async () => {
  const seen: [number, number | null][] = []
  await keyPositions(numberedKeys(20_000), [hashFunctions.fnv1a.hash], (done, total) =>
    seen.push([done, total]),
  )
  expect(seen).toEqual([
    [16_384, 20_000],
    [20_000, 20_000],
  ])
})
