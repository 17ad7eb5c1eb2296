import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'

const read = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url))

/** The rows of a table in test/fixtures, without its header. */
export const recordedRows = (name: string): string[][] =>
  read(name)
    .toString()
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','))

/** Requests of a published trace: numbers of keys in the order of their first request (see record/traces.mjs). */
export const recordedTrace = (name: string): Uint32Array => Uint32Array.from(numbers(name))

/** The sizes of its keys, in bytes. */
export const recordedSizes = (name: string): Float64Array => Float64Array.from(numbers(`${name}.sizes`))

function numbers(name: string): number[] {
  const bytes = brotliDecompressSync(read(`traces/${name}.br`))
  const found: number[] = []
  let number = 0
  for (let i = 0; i < bytes.length; ) {
    let zigzag = 0
    for (let worth = 1, more = true; more; worth *= 128, i++) {
      zigzag += (bytes[i] & 127) * worth
      more = bytes[i] > 127
    }
    number += zigzag % 2 === 1 ? -(zigzag + 1) / 2 : zigzag / 2
    found.push(number)
  }
  return found
}
