import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { createXXHash64 } from 'hash-wasm'
import { describe, expect, test } from 'vitest'
import { Xxh64 } from '../../src/hashing/xxh64.js'
import { decompressed } from '../../src/trace/decompress.js'
import { byLayer } from '../layer.js'
import { bytesOf, pieces, readAll } from './reading.js'

/** The numbers from 1 to 800, one a line, in two streams; recorded by record/archives.sh. */
const archive = (ending: string) =>
  readFileSync(new URL(`../fixtures/traces/numbers.${ending}`, import.meta.url))
const numbers = Array.from({ length: 800 }, (_, i) => `${i + 1}\n`).join('')
const kinds = [
  ['gzip', 'gz', 2],
  ['zstd', 'zst', 4],
  ['xz', 'xz', 6],
  ['bzip2', 'bz2', 10],
] as const

async function unpacked(bytes: Uint8Array, size = 1 << 16): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of decompressed(pieces(bytes, size), 'numbers')) parts.push(part)
  return Buffer.concat(parts).toString('latin1')
}

describe.each(kinds)('%s', (kind, ending, magic) => {
  const bytes = archive(ending)

  test.each([1, 7, 1 << 16])('several streams in pieces of %i bytes', async (size) => {
    expect(await unpacked(bytes, size)).toBe(numbers)
  })

  test('a bit that flips is noticed, or changes nothing', async () => {
    const wrong: number[] = []
    for (let at = magic; at < bytes.length; at += byLayer(11, 3)) {
      const flipped = Uint8Array.from(bytes)
      flipped[at] ^= 1 << (at % 8)
      const text = await unpacked(flipped).catch((error: Error) => error)
      if (text instanceof Error) expect(text.message).toMatch(`numbers: the ${kind} data `)
      else if (text !== numbers) wrong.push(at)
    }
    expect(wrong).toEqual([])
  })

  test('a file that is cut short is refused', async () => {
    const whole: number[] = []
    for (let length = 12; length < bytes.length; length += byLayer(23, 2)) {
      const text = await unpacked(bytes.subarray(0, length)).catch((error: Error) => error)
      if (text instanceof Error)
        expect(text.message).toMatch(/^numbers: the \w+ data (ends early|is damaged)$/)
      // The first of the streams is whole; padding or a frame that is skipped may follow it.
      else if (numbers.startsWith(text) && (text.endsWith('\n400\n') || text === numbers)) whole.push(length)
      else throw new Error(`${length} bytes gave ${text.length}`)
    }
    expect(whole.length).toBeLessThan(20)
  })

  test('is read as a trace', async () => {
    expect((await readAll(bytes)).keys).toHaveLength(800)
  })
})

describe('bzip2 whose first header', () => {
  const bytes = archive('bz2')

  test.each([3, 4, 5, 6, 7, 8, 9])('is damaged at byte %i', async (at) => {
    const damaged = Uint8Array.from(bytes)
    damaged[at] ^= 0xff
    await expect(readAll(damaged)).rejects.toThrow('trace: the bzip2 data is damaged')
  })

  test.each([4, 5, 7, 9, 10, 13])('is cut after %i bytes', async (length) => {
    await expect(readAll(bytes.subarray(0, length))).rejects.toThrow('trace: the bzip2 data ends early')
  })

  test('is only a text that begins so', async () => {
    for (const text of ['BZh\n', 'BZh9\n', 'BZh91\n', 'BZh9 is a key'.replaceAll(' ', '-')])
      expect((await readAll(text)).keys).toEqual([0])
  })
})

test('xxHash64 of any pieces is that of another implementation', async () => {
  const other = await createXXHash64()
  const piece = fc.uint8Array({ maxLength: 100, size: 'max' })
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (parts) => {
      const ours = new Xxh64()
      other.init()
      for (const part of parts) {
        ours.update(part)
        other.update(part)
      }
      expect(ours.digest().toString(16).padStart(16, '0')).toBe(other.digest('hex'))
    }),
    { numRuns: byLayer(300, 3000) },
  )
})

test('a zstd frame that needs a dictionary', async () => {
  const frame = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0x21, 0x07, 0x01, 0x09, 0, 0, 0x61])
  await expect(unpacked(frame)).rejects.toThrow('the zstd data needs a dictionary, number 7')
})

describe('what is no trace is called what it is', () => {
  const at = (place: number, text: string) =>
    Buffer.concat([Buffer.alloc(place, 'x'), Buffer.from(text, 'latin1'), Buffer.alloc(300)])

  test.each<[Uint8Array, string]>([
    [at(0, 'PAR1'), 'a Parquet file; export it first'],
    [at(0, 'Obj\x01'), 'an Avro file'],
    [at(0, 'ORC'), 'an ORC file'],
    [at(0, 'ARROW1'), 'an Arrow or Feather file'],
    [at(0, '\x89HDF\r\n\x1a\n'), 'an HDF5 file'],
    [at(0, 'SQLite format 3\0'), 'an SQLite database'],
    [at(0, 'PK\x03\x04'), 'a zip archive'],
    [at(0, '7z\xbc\xaf\x27\x1c'), 'a 7z archive'],
    [at(257, 'ustar'), 'a tar archive'],
    [at(0, '\x7fELF'), 'a program (ELF)'],
    [at(0, '%PDF-'), 'a PDF document'],
    [at(0, '\x89PNG\r\n\x1a\n'), 'a PNG picture'],
    [at(0, 'REDIS0009'), 'a Redis dump'],
    [Buffer.from('\ufeffa\nb\n', 'utf16le'), 'UTF-16 text; convert it first'],
    [Buffer.from('a\nb\nc\n', 'utf16le'), 'UTF-16 text; convert it first: iconv -f UTF-16LE'],
    [Buffer.from('a\nb\nc\n', 'utf16le').swap16(), 'UTF-16 text; convert it first: iconv -f UTF-16BE'],
  ])('%#: %j', async (bytes, what) => {
    await expect(readAll(bytes)).rejects.toThrow(`trace: ${what}`)
    await expect(readAll(bytes, { format: 'oracleGeneral' })).rejects.toThrow(`trace: ${what}`)
  })

  test('behind gzip, too', async () => {
    const { gzipSync } = await import('node:zlib')
    await expect(readAll(gzipSync(at(257, 'ustar')))).rejects.toThrow('trace: a tar archive')
    await expect(readAll(gzipSync(gzipSync(bytesOf('a\n'))))).rejects.toThrow('compressed twice')
    await expect(readAll(gzipSync(archive('bz2')))).rejects.toThrow('compressed twice, with bzip2 inside')
  })
})
