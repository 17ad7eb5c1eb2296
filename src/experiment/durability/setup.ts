import { encode } from '../../redis/serve/encode.js'
import { sizeOf } from '../../redis/values/value.js'

/** Background saves start so many seconds after the last one, if there were at least so many changes. */
export interface SavePoint {
  readonly seconds: number
  readonly changes: number
}

/** Redis 7's defaults: `save 3600 1 300 100 60 10000`. */
export const defaultSavePoints: readonly SavePoint[] = [
  { seconds: 3600, changes: 1 },
  { seconds: 300, changes: 100 },
  { seconds: 60, changes: 10_000 },
]

/** Save points as they are written after `save`. */
export function saveText(points: readonly SavePoint[]): string {
  return points.map(({ seconds, changes }) => `${seconds} ${changes}`).join(' ')
}

/** Bytes a second, and the mean milliseconds of an fsync of a few bytes. */
export interface DiskSpeed {
  readonly bandwidth: number
  readonly fsync: number
}

/**
 * Typical disks: a SATA or NVMe SSD without a protected write cache; 7,200 turns a minute, of which an fsync waits for
 * one and a seek; a cloud volume such as Amazon's gp3 as it is sold without extra throughput.
 */
export const disks = {
  ssd: { bandwidth: 500e6, fsync: 1 },
  hdd: { bandwidth: 150e6, fsync: 12 },
  cloud: { bandwidth: 125e6, fsync: 2 },
} as const satisfies Record<string, DiskSpeed>

export type DiskName = keyof typeof disks
export const diskNames = Object.keys(disks) as DiskName[]

/** When the append-only file is synced: Redis's `appendfsync`. */
export type Appendfsync = 'no' | 'everysec' | 'always'

/** What can be configured, as `appendonly`, `appendfsync` and `save`. */
export const choices = {
  none: { isSaved: false, appendfsync: undefined },
  RDB: { isSaved: true, appendfsync: undefined },
  'AOF no': { isSaved: false, appendfsync: 'no' },
  'AOF everysec': { isSaved: false, appendfsync: 'everysec' },
  'AOF always': { isSaved: false, appendfsync: 'always' },
  'RDB + AOF': { isSaved: true, appendfsync: 'everysec' },
} as const satisfies Record<string, { isSaved: boolean; appendfsync: Appendfsync | undefined }>

export type ChoiceName = keyof typeof choices
export const choiceNames = Object.keys(choices) as ChoiceName[]

/** A server that is only written to, and its disk. Times are milliseconds, sizes bytes. */
export interface DurabilitySetup {
  /** SETs a second, which come by chance, of keys that all exist. */
  readonly rate: number
  readonly keys: number
  readonly valueSize: number
  /** Zipf's exponent of the keys; 0 is uniform. */
  readonly exponent: number
  readonly disk: DiskSpeed
  readonly savePoints: readonly SavePoint[]
  /** Time of a fork for each GB of memory, in which no client is served. */
  readonly fork: number
  /** What is copied at the first write to it while a child runs: 4 kB, or 2 MB with transparent huge pages. */
  readonly page: number
  /** Time of one command. */
  readonly service: number
  readonly duration: number
  readonly crashes: number
  readonly seed: number
}

export const durabilityDefaults = {
  rate: 1000,
  keys: 100_000,
  valueSize: 1000,
  exponent: 1,
  disk: disks.ssd,
  savePoints: defaultSavePoints,
  fork: 13,
  page: 4096,
  service: 0.01,
  duration: 300_000,
  crashes: 1000,
  seed: 1,
} as const satisfies DurabilitySetup

/** `key:000000000042`, as redis-benchmark names its keys. */
const KEY = `key:${'0'.repeat(12)}`

/** An RDB file of version 10 without keys and their number: header, fields about the server, end and checksum. */
const RDB_FRAME = 93

/** Bytes that the setup's keys and writes take where they are kept. */
export interface Sizes {
  /** Key and value of one write: what the client wants kept. */
  readonly payload: number
  /** One item in memory, and all of them. */
  readonly item: number
  readonly memory: number
  /** One SET in the append-only file: the command as the client sends it. */
  readonly logged: number
  /** The whole data set as an RDB file, with values that can't be compressed. */
  readonly rdb: number
}

/** What a setup's data weighs. */
export function sizesOf({ keys, valueSize }: Pick<DurabilitySetup, 'keys' | 'valueSize'>): Sizes {
  const value = 'v'.repeat(valueSize)
  const item = sizeOf(KEY, value)
  // A type, then both strings.
  const entry = 1 + lengthBytes(KEY.length) + KEY.length + lengthBytes(valueSize) + valueSize
  return {
    payload: KEY.length + valueSize,
    item,
    memory: keys * item,
    logged: encode(['SET', KEY, value], 2).length,
    rdb: RDB_FRAME + lengthBytes(keys) + keys * entry,
  }
}

/** Bytes of a length in an RDB file. RDB file format, "Length encoding". */
function lengthBytes(length: number): number {
  return length < 64 ? 1 : length < 16_384 ? 2 : 5
}

/**
 * Processor time for each item and byte in milliseconds, measured with Redis 7.0.15 on a virtual machine and a disk in
 * memory, with values of 100, 1,000 and 10,000 random bytes: SAVE, and starts from an RDB file and from an append-only
 * file. Saving is slowest for large values, as it tries to compress each of them.
 */
const speeds = {
  save: { item: 1e-3, byte: 12e-6 },
  load: { item: 1.4e-3, byte: 2.2e-6 },
  replay: { item: 2.5e-3, byte: 1.5e-6 },
} as const

/** Processor time of saving, loading or replaying so many items, of so many bytes together. */
export function processorTime(what: keyof typeof speeds, items: number, bytes: number): number {
  const { item, byte } = speeds[what]
  return items * item + bytes * byte
}
