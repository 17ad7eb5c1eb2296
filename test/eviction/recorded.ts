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
export function recordedTrace(name: string): Uint32Array {
  const bytes = brotliDecompressSync(read(`traces/${name}.br`))
  const requests: number[] = []
  let key = 0
  for (let i = 0; i < bytes.length; ) {
    let zigzag = 0
    for (let shift = 0, more = true; more; shift += 7, i++) {
      zigzag |= (bytes[i] & 127) << shift
      more = bytes[i] > 127
    }
    key += zigzag % 2 === 1 ? -(zigzag + 1) / 2 : zigzag / 2
    requests.push(key)
  }
  return Uint32Array.from(requests)
}
