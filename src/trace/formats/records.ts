import { InputError } from '../../input-error.js'
import type { Batch } from '../batch.js'
import { DIRECT } from '../key-index.js'
import type { Requests } from '../requests.js'

/** The bytes of a record, and which it is. */
export interface RecordAt {
  readonly bytes: Uint8Array
  readonly view: DataView
  /** Where it begins. */
  readonly at: number
  /** From 1. */
  readonly number: number
  error(problem: string): InputError
}

interface RecordOptions {
  /** Bytes of a record. */
  readonly size: number
  /** Bytes before the first. */
  readonly skip?: number
}

/** Lets `record` add the requests of each record of a fixed size. Throws InputError where the last is cut short. */
export async function* readRecords(
  input: AsyncIterable<Uint8Array>,
  label: string,
  out: Requests,
  { size, skip = 0 }: RecordOptions,
  record: (current: RecordAt, out: Requests) => void,
): AsyncGenerator<Batch> {
  let carry: Uint8Array = new Uint8Array(0)
  let ahead = skip
  let number = 0
  for await (const chunk of input) {
    const all = carry.length === 0 ? chunk : Buffer.concat([carry, chunk])
    const passed = Math.min(ahead, all.length)
    ahead -= passed
    const bytes = all.subarray(passed)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const end = bytes.length - (bytes.length % size)
    for (let at = 0; at < end; at += size) {
      number++
      record({ bytes, view, at, number, error: (problem) => recordError(label, number, problem) }, out)
      if (out.isFull) yield out.take()!
    }
    const batch = out.take()
    if (batch) yield batch
    carry = bytes.slice(end)
  }
  if (carry.length > 0) throw recordError(label, number + 1, `cut short, ${carry.length} of ${size} bytes`)
}

const recordError = (label: string, number: number, problem: string) =>
  new InputError(`${label}, record ${number}: ${problem}`)

/** The number of a key that is a 64-bit number, little-endian, at a place. */
export function numberOfId({ index }: Requests, { bytes, view }: RecordAt, place: number): number {
  const low = view.getUint32(place, true)
  return low < DIRECT && view.getUint32(place + 4, true) === 0
    ? index.numberOf(low)
    : index.number(bytes, place, place + 8)
}

/** Sets the size of the next request. Throws InputError for 0. */
export function setSize(out: Requests, size: number, record: RecordAt): void {
  if (out.facts.sizes && !(size > 0)) throw record.error(`a size of ${size}; it must be at least 1 byte`)
  out.size = size
}

/** Sets the time of the next request, in seconds. Throws InputError where it falls. */
export function setTime(out: Requests, time: number, record: RecordAt): void {
  if (out.facts.times && time < out.time) throw record.error(`the time goes back from ${out.time} to ${time}`)
  out.time = time
}
