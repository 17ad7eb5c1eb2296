import type { Format } from '../format.js'
import type { Head } from '../head.js'
import { numberOfId, type RecordAt, readRecords, setSize, setTime } from './records.js'

export const RECORD = 24
const TIME = 0
const ID = 4
const SIZE = 12
const NEXT = 16
/** How many records are checked, so that other data isn't taken for a trace. */
const CHECKED = 1000
/** Right records that other data doesn't begin with. */
const SURE = 20
/** For no next request. */
const NONE = [-1n, 2n ** 63n - 1n]
/** More requests than a trace has. */
const TOO_MANY = 2n ** 40n

/**
 * libCacheSim's oracleGeneral: records of 24 bytes, little-endian: uint32 time in seconds, uint64 object, uint32 size,
 * int64 number of the object's next request, or -1 or the largest number for none
 * (libCacheSim, traceReader/customizedReader/oracle/oracleGeneralBin.h).
 */
export const oracleGeneral: Format = {
  takes: [],
  recognizes(head) {
    if (head.bytes.length < RECORD || !head.bytes.includes(0)) return false
    const doubtful = wrongRecord(head, true)
    // A wrong record behind many right ones is refused by its number.
    return !doubtful || (doubtful.record > SURE && wrongRecord(head) !== undefined)
  },
  open(head) {
    const wrong = wrongRecord(head)
    if (wrong) throw head.error(`record ${wrong.record}: not oracleGeneral, ${wrong.problem}`)
    return {
      understood: 'oracleGeneral, records of 24 bytes',
      parameters: { traceFormat: 'oracleGeneral' },
      has: { sizes: true, times: true, ttls: false, operations: false },
      read: (input, { label, out }) => readRecords(input, label, out, { size: RECORD }, readOne),
    }
  },
}

function readOne(record: RecordAt, out: Parameters<typeof setSize>[0]): void {
  const { view, at } = record
  setTime(out, view.getUint32(at + TIME, true), record)
  setSize(out, view.getUint32(at + SIZE, true), record)
  out.add(numberOfId(out, record, at + ID))
}

/**
 * The first record of the beginning that can't be one, from 1: times don't fall, and a next request comes later. Data
 * that nobody called oracleGeneral must also have nothing unlikely.
 */
function wrongRecord({ bytes }: Head, isGuess = false): { record: number; problem: string } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = Math.min(CHECKED, Math.floor(bytes.length / RECORD))
  let time = 0
  for (let i = 0; i < count; i++) {
    const at = i * RECORD
    const next = view.getBigInt64(at + NEXT, true)
    const isUnlikely = isGuess && !NONE.includes(next) && (next < 0n || next > TOO_MANY)
    const previous = time
    time = view.getUint32(at + TIME, true)
    if (time < previous) return { record: i + 1, problem: `its time goes back from ${previous} to ${time}` }
    if ((next >= 0n && next <= BigInt(i)) || isUnlikely)
      return { record: i + 1, problem: `its object's next request, ${next}, is not a later one` }
  }
  return undefined
}
