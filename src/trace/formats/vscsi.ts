import type { Format } from '../format.js'
import type { Head } from '../head.js'
import type { Requests } from '../requests.js'
import { numberOfId, type RecordAt, readRecords, setSize, setTime } from './records.js'

/** Where the fields of a record are, by its version. */
const layouts = {
  1: { size: 32, version: 14, length: 4, lbn: 16, time: 24 },
  2: { size: 40, version: 2, length: 8, lbn: 16, time: 24 },
} as const

/** Records that must agree on the version. */
const MIN_RECORDS = 2
const MICROSECONDS = 1e6

/**
 * VMware's vscsiStats, of CloudPhysics's traces: records, little-endian, with the logical block number, the length in
 * bytes and the time in µs (libCacheSim, traceReader/customizedReader/vscsi.h). A record is one request, whatever its
 * length; reads and writes alike.
 */
export const vscsi: Format = {
  takes: [],
  recognizes: (head) => versionOf(head) !== undefined,
  open(head) {
    const version = versionOf(head)
    if (version === undefined) throw head.error('not vscsi, its records are not of version 1 or 2')
    const layout = layouts[version]
    const read = (record: RecordAt, out: Requests) => {
      const { view, at } = record
      if (out.facts.times)
        setTime(out, Number(view.getBigUint64(at + layout.time, true)) / MICROSECONDS, record)
      setSize(out, view.getUint32(at + layout.length, true), record)
      out.add(numberOfId(out, record, at + layout.lbn))
    }
    return {
      understood: `vscsi, version ${version}; a request for each record by its block number, reads and writes alike`,
      parameters: { traceFormat: `vscsi, version ${version}` },
      has: { sizes: true, times: true, ttls: false, operations: false },
      read: (input, { label, out }) => readRecords(input, label, out, { size: layout.size }, read),
    }
  },
}

/** The version that all records of the beginning have. */
function versionOf({ bytes }: Head): 1 | 2 | undefined {
  for (const version of [2, 1] as const) {
    const { size, version: place } = layouts[version]
    const count = Math.floor(bytes.length / size)
    let right = 0
    while (right < count && bytes[right * size + place] === 0 && bytes[right * size + place + 1] === version)
      right++
    if (count >= MIN_RECORDS && right === count) return version
  }
  return undefined
}
