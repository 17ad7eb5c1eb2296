import { operations } from '../batch.js'
import type { Head } from '../head.js'
import { OperationReader } from '../operation-names.js'
import { quoted } from '../text/bytes.js'
import { fixedFormat, LogTimes } from './fixed.js'
import { operationIn } from './table.js'

/**
 * Twitter's Twemcache traces (Yang, Yue and Rashmi, OSDI 2020; github.com/twitter/cache-trace): time in seconds, key,
 * key size, value size, client, operation, TTL in seconds. Keys may hold commas, so columns are counted from both ends.
 */
export const twitter = fixedFormat({
  name: 'twitter',
  shape: /^\d+,.+,\d+,\d+,-?\d+,(gets?|set|add|replace|cas|append|prepend|delete|incr|decr),\d+$/,
  open: () => {
    const names = new OperationReader()
    return {
      delimiter: ',',
      hasQuotes: false,
      atLeast: 7,
      understood:
        'Twitter’s format: time, key, key size, value size, client, operation, TTL; sizes are key and value',
      has: { sizes: true, times: true, ttls: true, operations: true },
      row(fields, out) {
        const { bytes, starts, ends, count } = fields
        out.operation = operationIn(fields, count - 2, names)
        if (out.facts.times) out.time = fields.time(0)
        const size = fields.number(count - 5, 'key size') + fields.number(count - 4, 'value size')
        out.size = Math.max(1, size)
        out.ttl = fields.number(count - 1, 'TTL')
        out.key(bytes, starts[1], ends[count - 6])
      },
    }
  },
})

const metaColumns = ['key', 'op', 'size', 'op_count', 'key_size', 'ttl']
const firstNames = ({ lines }: Head) => lines[0]?.toLowerCase().split(/ *, */) ?? []

/**
 * Meta's key-value traces for CacheLib (cachelib.org, "Evaluating SSD hardware for Facebook workloads"): a header, and
 * columns by its names: key,op,size,op_count,key_size of 2022, key,op,size,op_count,key_size,ttl of 2023,
 * op_time,key,key_size,op,op_count,size,cache_hits,ttl,usecase,sub_usecase of 2022 and 2024. Without a header the
 * first order. A line is op_count requests (KVReplayGenerator.h).
 */
export const meta = fixedFormat({
  name: 'meta',
  recognizes: (head) => ['key', 'op', 'op_count', 'size'].every((name) => firstNames(head).includes(name)),
  open: (_, head) => {
    const first = firstNames(head)
    const header = first.includes('key') && first.includes('op_count')
    const columns = header ? first : metaColumns.slice(0, Math.max(first.length, 5))
    const place = (name: string) => columns.indexOf(name)
    const [key, op, size, opCount, keySize, ttl, time] = [...metaColumns, 'op_time'].map(place)
    const missing = ['key', 'op', 'size', 'op_count'].filter((name) => place(name) < 0)
    if (missing.length > 0) throw head.error(`not meta, there is no column ${missing.join(', ')}`)
    const names = new OperationReader()
    return {
      delimiter: ',',
      header,
      atLeast: Math.max(key, op, size, opCount, keySize, ttl, time) + 1,
      understood: `Meta’s format: ${columns.join(', ')}; op_count requests a line, sizes are key and value`,
      has: { sizes: true, times: time >= 0, ttls: ttl >= 0, operations: true },
      row(fields, out) {
        out.operation = operationIn(fields, op, names)
        if (out.facts.times) out.time = fields.time(time)
        if (out.facts.sizes) {
          const sum = fields.number(size, 'size') + (keySize < 0 ? 0 : fields.number(keySize, 'key size'))
          out.size = Math.max(1, sum)
        }
        if (ttl >= 0) out.ttl = fields.number(ttl, 'TTL')
        out.key(fields.bytes, fields.starts[key], fields.ends[key], fields.repeats(opCount))
      },
    }
  },
})

/** The traces of webcachesim and LRB (Song and others, NSDI 2020): time, object, size, and features that are ignored. */
export const webcachesim = fixedFormat({
  name: 'webcachesim',
  open: () => ({
    delimiter: 'spaces',
    atLeast: 3,
    understood: 'webcachesim’s format: time, object, size; what follows is ignored',
    has: { sizes: true, times: true },
    row(fields, out) {
      if (out.facts.times) out.time = fields.time(0)
      if (out.facts.sizes) out.size = fields.size(2)
      out.key(fields.bytes, fields.starts[1], fields.ends[1])
    },
  }),
})

/**
 * WikiBench's requests to Wikipedia (Urdaneta, Pierre and van Steen, 2009): a counter, the time in seconds, the URL,
 * and `save` where the page was changed, else `-`.
 */
export const wiki = fixedFormat({
  name: 'wiki',
  shape: /^\d+ \d+\.\d+ https?:\/\/\S+ (-|save)$/,
  open: () => {
    const times = new LogTimes()
    return {
      delimiter: 'spaces',
      isAny: true,
      atLeast: 4,
      understood: 'WikiBench’s format: counter, time, URL, - or save',
      has: { times: true, operations: true },
      row(fields, out) {
        const { bytes, starts, ends, count } = fields
        const flag = fields.text(count - 1)
        if (flag !== '-' && flag !== 'save') throw fields.error(`${quoted(flag)} is neither - nor save`)
        out.operation = flag === 'save' ? operations.write : operations.read
        if (out.facts.times) times.set(out, fields.number(1, 'time'))
        out.key(bytes, starts[2], ends[count - 2])
      },
      found: () => times.found(),
    }
  },
})
