import { classOf, itemSize, LARGEST_ITEM, slabClasses } from '../../memcached/slab-classes.js'
import { SlabMemory, TOO_LARGE } from '../../memcached/slab-memory.js'
import { throughput, throughputBound } from '../../memcached/threads.js'
import type { RedisError } from '../../redis/reply.js'
import { ask } from '../../redis/script.js'
import { Server } from '../../redis/server.js'
import { commands } from '../../redis/table.js'
import { sizeOf } from '../../redis/values/value.js'
import { reportOf, type TableDraft } from '../../report/build.js'
import { countOf, formatCount, formatNumber } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { Z95 } from '../../stats/summary.js'
import { lostAtCrash, type Persistence, persistences } from './persistence.js'

export interface CompareOptions {
  /** Microseconds of a request that run in parallel, and those under its class's lock. */
  readonly parallel: number
  readonly locked: number
  readonly workers: readonly number[]
  /** Slab classes in use, and so locks. */
  readonly classes: number
  /** Writes a second, and the time of the crash in milliseconds. */
  readonly rate: number
  readonly crash: number
  readonly keyBytes: number
  readonly seed: number
}

const VALUES = [8, 32, 100, 300, 1000, 10_000]
const REQUESTS = 100_000
const GROUPS = ['string', 'hash', 'list', 'set', 'sorted-set', 'bitmap', 'hyperloglog'] as const

/** The lesson's tables 4.2 and 4.3, each cell with the run or the source behind it. */
export function compareServers(options: CompareOptions): Report {
  const threads = threadRows(options)
  const loop = threads[0]
  const most = threads[threads.length - 1]
  const lost = (mode: Persistence) => lostAtCrash(mode, options)
  return reportOf('memcached compare', {
    title: 'Redis and Memcached, cell by cell',
    parameters: {
      keySize: options.keyBytes,
      rate: options.rate,
      crash: `${options.crash / 1000} s`,
      classes: options.classes,
      seed: options.seed,
    },
    tables: {
      compare: cellTable(options),
      memory: memoryTable(options),
      restart: restartTable(options),
      threads: threadTable(threads),
    },
    findings: {
      restart: `After a crash at ${options.crash / 1000} s Memcached has lost everything. Redis with its default snapshots has lost ${countOf(lost('rdb'), 'acknowledged write')}, with its log synced every second ${formatCount(lost('aof-everysec'))}, with every write synced ${formatCount(lost('aof-always'))}.`,
      memory: {
        text: 'Memory: by these models neither is much smaller. Memcached allocates chunks of fixed sizes and never fragments. Redis allocates each item by its size. It saves most on small hashes and lists, which it stores as one listpack. For your data:',
        command: 'cachelab redis choose',
      },
      threads: {
        text: `One event loop serves ${formatNumber(loop.measured, 'per-second')}; ${countOf(most.workers, 'worker')} ${formatNumber(most.measured, 'per-second')}, ${(most.measured / loop.measured).toFixed(1)} times as much. ${options.workers.length > 1 && most.bound < (0.99 * most.workers * 1e6) / (options.parallel + options.locked) ? 'The lock of a class limits them: more classes in use, or less work under the lock, would help.' : 'The workers’ own time limits them, not the locks.'}`,
        measured: most.measured,
        expected: most.bound,
        // The times are exponential: their sum over all requests has a relative standard deviation of 1 ÷ √requests.
        ok: most.measured <= most.bound * (1 + Z95 / Math.sqrt(REQUESTS)),
      },
      model: `The throughput comes from a model, not a measurement: ${options.parallel} µs of a request run in parallel, ${options.locked} µs are under the lock of the item’s class, both exponentially distributed, and the network costs nothing. On a real network both servers often wait for the network.`,
      choose: {
        text: 'To choose one for your service:',
        command: 'cachelab memcached choose --needs structures,throughput',
      },
    },
  })
}

function cellTable({ keyBytes }: CompareOptions): TableDraft {
  const client = new Server().connect()
  const tooLong = (ask(client, ['SETRANGE', 'k', String(512 << 20), 'x']) as RedisError).text
  const memory = new SlabMemory({ factor: 1.25, pages: 64, keyCount: 1, keyBytes })
  const largest = LARGEST_ITEM - itemSize(keyBytes, 0)
  const refusal = memory.set(0, largest + 1, 0) === 'too large' ? TOO_LARGE : 'stored'
  const kinds = GROUPS.filter((group) => [...commands.values()].some((command) => command.group === group))
  const count = [...commands.values()].filter(({ group }) => (kinds as string[]).includes(group)).length
  const rows: readonly (readonly [string, string, string, string])[] = [
    ['data structures', `${kinds.length} kinds, ${count} commands`, 'strings', 'cachelab redis commands'],
    ['persistence', 'RDB, AOF', 'none', 'cachelab redis durability'],
    ['replication', 'asynchronous', 'none', 'cachelab sentinel run'],
    ['cluster', '16,384 slots', 'the client shards', 'cachelab cluster run, cachelab memcached ring'],
    ['threading', 'one event loop', 'a thread a core', 'the table below'],
    ['memory', 'by the item', 'by the chunk', 'the table below'],
    [
      'largest value',
      `512 MB, then: ${tooLong}`,
      `${countOf(largest, 'byte')}, then: ${refusal}`,
      'cachelab memcached slabs --item 1048576',
    ],
    ['eviction', 'sampled, 8 policies', 'LRU a slab class', 'cachelab evict, cachelab memcached lru'],
    ['use', 'general, sessions, queues', 'simple cache', 'cachelab memcached choose'],
  ]
  return {
    title: 'Table 4.2 of the lesson',
    columns: { item: 'item', redis: 'Redis', memcached: 'Memcached', shownBy: 'shown by' },
    rows: rows.map(([item, redis, memcached, shownBy]) => ({ item, redis, memcached, shownBy })),
  }
}

function memoryTable({ keyBytes }: CompareOptions): TableDraft {
  const classes = slabClasses(1.25)
  const key = 'k'.repeat(keyBytes)
  return {
    title: `Bytes of an item with a key of ${keyBytes} bytes, by our models of both`,
    columns: {
      value: ['value', 'count'],
      redis: ['Redis', 'count'],
      memcached: ['Memcached', 'count'],
      chunk: ['of that, empty', 'count'],
      ratio: ['Memcached ÷ Redis', 'factor'],
    },
    rows: VALUES.map((value) => {
      const redis = sizeOf(key, 'v'.repeat(value))
      const item = itemSize(keyBytes, value)
      const { size } = classOf(classes, item)!
      return { value, redis, memcached: size, chunk: size - item, ratio: size / redis }
    }),
  }
}

function restartTable(options: CompareOptions): TableDraft {
  const written = Math.floor((options.rate * options.crash) / 1000)
  return {
    title: `Writes that survive a crash and a restart, of ${formatCount(written)}`,
    columns: { server: 'server', left: ['left', 'count'], lost: ['lost', 'count'], rule: 'why' },
    rows: Object.entries(persistences).map(([mode, { server, rule }]) => {
      const lost = lostAtCrash(mode as Persistence, options)
      return { server, left: written - lost, lost, rule }
    }),
  }
}

interface ThreadRow {
  readonly workers: number
  readonly measured: number
  readonly bound: number
}

function threadRows({ workers, parallel, locked, classes, seed }: CompareOptions): ThreadRow[] {
  const shares = Array.from({ length: classes }, () => 1 / classes)
  return [1, ...workers.filter((count) => count > 1)].map((count) => {
    const model = { workers: count, parallel, locked, classes: shares, seed }
    return { workers: count, measured: throughput(model, REQUESTS), bound: throughputBound(model) }
  })
}

function threadTable(rows: readonly ThreadRow[]): TableDraft {
  return {
    title: 'Requests a second by a model of threads',
    columns: {
      server: 'server',
      workers: ['workers', 'count'],
      throughput: ['simulated', 'per-second', 'bar'],
      bound: ['upper bound', 'per-second'],
    },
    rows: rows.map(({ workers, measured, bound }) => ({
      server: workers === 1 ? 'Redis' : 'Memcached',
      workers,
      throughput: measured,
      bound,
    })),
  }
}
