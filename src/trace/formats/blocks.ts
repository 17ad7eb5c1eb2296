import { DIRECT } from '../key-index.js'
import type { Requests } from '../requests.js'
import { type Fields, MAX_REPEATS } from '../text/fields.js'

const WORD = 2 ** 32
const MAX_PREFIX = 4096
const scratch = new Uint8Array(MAX_PREFIX + 8)
const view = new DataView(scratch.buffer)

/** The number of a key that is a whole number, of which more than 2⁵³ may be a bigint. */
export function numberOfBlock({ index }: Requests, block: number | bigint): number {
  if (block < DIRECT) return index.numberOf(Number(block))
  writeBlock(block, 0)
  return index.number(scratch, 0, 8)
}

function writeBlock(block: number | bigint, at: number): void {
  if (typeof block === 'bigint') view.setBigUint64(at, block, true)
  else {
    view.setUint32(at, block % WORD, true)
    view.setUint32(at + 4, block / WORD, true)
  }
}

/** Adds a request for each of the blocks, of the device that is named in the columns from `from` to `to`. */
export function addBlocks(
  out: Requests,
  fields: Fields,
  first: number,
  last: number,
  [from, to]: readonly [number, number] | readonly [] = [],
): void {
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last))
    throw fields.error('its blocks are not whole numbers below 2^53')
  if (last < first) throw fields.error('no blocks; a line must have at least one')
  if (last - first >= MAX_REPEATS)
    throw fields.error(`${last - first + 1} blocks; a line must have at most ${MAX_REPEATS}`)
  if (from === undefined) {
    for (let block = first; block <= last; block++) out.add(numberOfBlock(out, block))
    return
  }
  const name = fields.bytes.subarray(
    fields.starts[from],
    Math.min(fields.ends[to!], fields.starts[from] + MAX_PREFIX),
  )
  scratch.set(name)
  for (let block = first; block <= last; block++) {
    writeBlock(block, name.length)
    out.key(scratch, 0, name.length + 8)
  }
}

/** Adds a request for each block of `size` bytes that the bytes from `start` on have a part in. */
export function addSpan(
  out: Requests,
  fields: Fields,
  start: number,
  length: number,
  size: number,
  device?: readonly [number, number],
): void {
  addBlocks(out, fields, Math.floor(start / size), Math.floor((start + length - 1) / size), device)
}
