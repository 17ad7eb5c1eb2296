import { InputError } from '../../input-error.js'
import type { Batch } from '../batch.js'
import { DIRECT } from '../key-index.js'
import type { Requests } from '../requests.js'
import { plural } from '../text/rows.js'

/** A record of the data: one object for all of them, which is moved on. */
export class RecordAt {
  bytes: Uint8Array = new Uint8Array(0)
  view = new DataView(this.bytes.buffer)
  /** Where it begins. */
  at = 0
  /** From 1. */
  number = 0

  constructor(
    private readonly label: string,
    private readonly size: number,
  ) {}

  load(bytes: Uint8Array): void {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.at = 0
  }

  /** Lets `read` add the requests of what is there, until there are enough for a batch; whether there is more. */
  collect(out: Requests, read: ReadRecord): boolean {
    const end = this.bytes.length - this.size
    while (this.at <= end && !out.isFull) {
      this.number++
      read(this, out)
      this.at += this.size
    }
    return this.at <= end
  }

  error(problem: string, number = this.number): InputError {
    return new InputError(`${this.label}, record ${number}: ${problem}`)
  }
}

type ReadRecord = (record: RecordAt, out: Requests) => void

interface RecordOptions {
  /** Bytes of a record. */
  readonly size: number
  /** Bytes before the first. */
  readonly skip?: number
  /** Records that a header says there are, or more. */
  readonly atLeast?: number
}

/** Lets `read` add the requests of each record of a fixed size. Throws InputError where the last is cut short. */
export async function* readRecords(
  input: AsyncIterable<Uint8Array>,
  label: string,
  out: Requests,
  { size, skip = 0, atLeast = 0 }: RecordOptions,
  read: ReadRecord,
): AsyncGenerator<Batch> {
  const record = new RecordAt(label, size)
  let carry: Uint8Array = new Uint8Array(0)
  let ahead = skip
  for await (const chunk of input) {
    const all = carry.length === 0 ? chunk : Buffer.concat([carry, chunk])
    const passed = Math.min(ahead, all.length)
    ahead -= passed
    record.load(all.subarray(passed))
    while (record.collect(out, read)) yield out.take()!
    const batch = out.take()
    if (batch) yield batch
    carry = all.slice(passed + record.at)
  }
  if (carry.length > 0) throw record.error(`cut short, ${carry.length} of ${size} bytes`, record.number + 1)
  if (record.number < atLeast)
    throw new InputError(
      `${label}: cut short: its header says ${plural(atLeast, 'record')}, ${record.number} follow${record.number === 1 ? 's' : ''}`,
    )
}

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
