import { createHash } from 'node:crypto'
import keySlot from 'cluster-key-slot'
import fc from 'fast-check'
import { crc32 as wasmCrc32, xxhash32 as wasmXxh32 } from 'hash-wasm'
import murmur from 'murmurhash'
import { describe, expect, test } from 'vitest'
import { crc16Step } from '../../src/hashing/crc16.js'
import { type HashName, hashFunctions, hashNames, hashText } from '../../src/hashing/index.js'

const hash = (name: HashName, text: string) => hashText(hashFunctions[name].hash, text)
const md5Low = (text: string) => createHash('md5').update(text).digest().readUInt32BE(12)

describe('published test vectors', () => {
  test.each([
    ['', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['a', '0cc175b9c0f1b6a831c399e269772661'],
    ['abc', '900150983cd24fb0d6963f7d28e17f72'],
    ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
    ['abcdefghijklmnopqrstuvwxyz', 'c3fcd3d76192e4007dfb496cca67e13b'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 'd174ab98d277d9f5a5611c2c9f419d9f'],
    [
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
      '57edf4a22be3c955ac49da2e2107b67a',
    ],
  ])('md5 of %j (RFC 1321, appendix A.5)', (text, digest) => {
    expect(hash('md5', text)).toBe(Number.parseInt(digest.slice(-8), 16))
  })

  test.each([
    ['', 0],
    ['test', 0xba6bd213],
    ['Hello, world!', 0xc0363e43],
    ['The quick brown fox jumps over the lazy dog', 0x2e4ff723],
  ])('murmur3 of %j (SMHasher, seed 0)', (text, value) => {
    expect(hash('murmur3', text)).toBe(value)
  })

  test.each([
    ['', 0x02cc5d05],
    ['a', 0x550d7456],
    ['abc', 0x32d153ff],
    ['Nobody inspects the spammish repetition', 0xe2293b2f],
  ])('xxh32 of %j (xxHash, seed 0)', (text, value) => {
    expect(hash('xxh32', text)).toBe(value)
  })

  test.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('fnv1a of %j (RFC 9923)', (text, value) => {
    expect(hash('fnv1a', text)).toBe(value)
  })

  test('the check values of both CRCs (CRC RevEng catalogue)', () => {
    expect(hash('crc32', '123456789')).toBe(0xcbf43926)
    expect(hash('crc16', '123456789')).toBe(0x31c3)
  })
})

describe('against other implementations, on any text', () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 })

  test('md5', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(hash('md5', value)).toBe(md5Low(value))
      }),
    )
  })

  test('murmur3', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(hash('murmur3', value)).toBe(murmur.v3(new TextEncoder().encode(value), 0))
      }),
    )
  })

  test('xxh32 and crc32', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        expect(hash('xxh32', value)).toBe(Number.parseInt(await wasmXxh32(value, 0), 16))
        expect(hash('crc32', value)).toBe(Number.parseInt(await wasmCrc32(value), 16))
      }),
    )
  })

  test('crc16, by the slot of a key without braces', () => {
    const key = fc.string({ unit: 'binary', maxLength: 60 }).filter((value) => !value.includes('{'))
    fc.assert(
      fc.property(key, (value) => {
        expect(hash('crc16', value) % 16384).toBe(keySlot(value))
      }),
    )
  })
})

test('every length around the block sizes of the hashes', () => {
  for (let length = 0; length < 300; length++) {
    const text = 'x'.repeat(length)
    expect(hash('md5', text)).toBe(md5Low(text))
    expect(hash('murmur3', text)).toBe(murmur.v3(text, 0))
  }
})

test('a hash of bytes inside a longer buffer sees only its own', () => {
  const text = '0123456789abcdefghijklmnopqrstuvwxyz'.repeat(3)
  const bytes = new TextEncoder().encode(text)
  for (const { hash: byteHash } of Object.values(hashFunctions)) {
    for (let start = 0; start <= 20; start += 5) {
      for (let length = 0; length <= 70; length++) {
        expect(byteHash(bytes, start, start + length)).toBe(
          hashText(byteHash, text.slice(start, start + length)),
        )
      }
    }
  }
})

test('crc16 a byte at a time is crc16', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(bytes.reduce(crc16Step, 0)).toBe(hashFunctions.crc16.hash(bytes, 0, bytes.length))
    }),
  )
})

test.each(hashNames)('%s says what it is and where it is defined', (name) => {
  const { name: own, about, bits, hash: byteHash } = hashFunctions[name]
  expect(own).toBe(name)
  // A hash by another name says its family: "MurmurHash3 x86_32", "last four bytes of the MD5 digest".
  expect(about.toLowerCase().replaceAll('-', '')).toContain(name === 'xxh32' ? 'xxhash' : name.slice(0, 3))
  const greatest = Array.from({ length: 1000 }, (_, i) => hashText(byteHash, `key-${i}`)).sort(
    (a, b) => b - a,
  )[0]
  expect(Math.ceil(Math.log2(greatest + 1))).toBe(bits)
})

test('texts longer than the buffer that is kept, ASCII and not', () => {
  for (const text of ['a'.repeat(10_000), `${'a'.repeat(5000)}é`, '日本語'.repeat(1000)]) {
    expect(hash('md5', text)).toBe(md5Low(text))
  }
})
