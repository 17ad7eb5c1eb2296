import { operations } from '../batch.js'
import type { Format } from '../format.js'
import type { Head } from '../head.js'
import type { Requests } from '../requests.js'
import { numberOfId, type RecordAt, readRecords, setSize, setTime } from './records.js'

const MAGIC = 0x123456789abcdef0n
/** Lengths of headers: of newer files, and of older ones. The magic number begins and ends them. */
const HEADERS = [8192, 1024]
const VERSION = 8
/** Where the number of requests is, in headers of both lengths; 0 if the file's writer did not know it. */
const REQUESTS = 24
/** Bytes of a request by the version, from 1. Versions from 4 on are version 3 with features behind it. */
const RECORDS = [24, 28, 36, 40, 44, 52, 68, 100]
const WITH_OPERATIONS = 2
const WITH_TTLS = 3
/** What libCacheSim's operations do (include/libCacheSim/enum.h): nop, get, gets, set, add, cas, replace, append, prepend, delete, incr, decr, read, write, update. */
const { read, write } = operations
const codes = [
  read,
  read,
  read,
  write,
  write,
  write,
  write,
  write,
  write,
  operations.delete,
  write,
  write,
  read,
  write,
  write,
]
/** A lifetime that means none. */
const NEVER = 0xffffffff

/**
 * libCacheSim's lcs: a header with a magic number at both ends, the version and statistics, then requests,
 * little-endian: uint32 time, uint64 object, uint32 size, from version 2 on operation and tenant, from version 3 on an
 * int64 size and uint32 TTL, then the next request (libCacheSim, traceReader/customizedReader/lcs.h).
 */
export const lcs: Format = {
  takes: [],
  recognizes: (head) => headerOf(head) !== undefined,
  open(head) {
    const header = headerOf(head)
    if (!header) throw head.error('not lcs, its header has not the magic number at both ends')
    const { length, version, requests } = header
    const size = RECORDS[version - 1]
    if (size === undefined)
      throw head.error(`lcs of version ${version}; those up to ${RECORDS.length} can be read`)
    return {
      understood: `lcs, version ${version}`,
      parameters: { traceFormat: `lcs, version ${version}` },
      has: { sizes: true, times: true, ttls: version >= WITH_TTLS, operations: version >= WITH_OPERATIONS },
      read: (input, { label, out }) =>
        readRecords(input, label, out, { size, skip: length, atLeast: requests }, (record, into) =>
          readOne(record, into, version),
        ),
    }
  },
}

function headerOf({ bytes }: Head): { length: number; version: number; requests: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isMagic = (at: number) => bytes.length >= at + 8 && view.getBigUint64(at, true) === MAGIC
  const length = isMagic(0) ? HEADERS.find((end) => isMagic(end - 8)) : undefined
  if (length === undefined) return undefined
  const [version, requests] = [VERSION, REQUESTS].map((at) => Number(view.getBigUint64(at, true)))
  return { length, version, requests }
}

function readOne(record: RecordAt, out: Requests, version: number): void {
  const { view, at } = record
  setTime(out, view.getUint32(at, true), record)
  const isLong = version >= WITH_TTLS
  const size = isLong ? Number(view.getBigInt64(at + 12, true)) : view.getUint32(at + 12, true)
  if (version >= WITH_OPERATIONS) {
    const code = view.getUint8(at + (isLong ? 20 : 16))
    if (codes[code] === undefined) throw record.error(`operation ${code}, which libCacheSim does not have`)
    out.operation = codes[code]
  }
  if (isLong) {
    const ttl = view.getUint32(at + 24, true)
    out.ttl = ttl === NEVER ? 0 : ttl
  }
  setSize(out, out.operation === operations.delete ? Math.max(1, size) : size, record)
  out.add(numberOfId(out, record, at + 4))
}
