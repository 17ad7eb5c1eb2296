import { UNSAMPLED } from '../key-index.js'
import { QUOTE, quoted, SPACE } from '../text/bytes.js'
import type { Fields } from '../text/fields.js'
import { plural } from '../text/rows.js'
import { fixedFormat, LogTimes } from './fixed.js'

const OPEN = 91
const BACKSLASH = 92
const DASH = 45
const MONTHS = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec'
const DATE = new RegExp(
  `^\\[(0[1-9]|[12]\\d|3[01])/(${MONTHS})/\\d{4}:([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60) [+-]\\d{4}\\]`,
)

/**
 * Access logs in the Common or Combined Log Format (Apache's mod_log_config, nginx's `combined`): host, identity, user,
 * [time], "method path protocol", status, bytes. The key is the path with its query. Bytes of `-` or 0, as of
 * 304 Not Modified, are those of the path's last answer.
 */
export const clf = fixedFormat({
  name: 'clf',
  shape: /^\S+ .*\[\d+\/\w+\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "/,
  open: () => {
    const times = new LogTimes()
    const sizes: number[] = []
    let pathless = 0
    let sizeless = 0
    return {
      delimiter: 'none',
      isAny: true,
      understood:
        'an access log; every line is a request, whatever its method and status; keys are paths with their queries, and bytes sent are sizes',
      has: { sizes: true, times: true },
      row(fields, out) {
        const { bytes } = fields
        const request = requestIn(fields)
        const path = pathIn(bytes, request.start, request.end)
        if (path === undefined) {
          pathless++
          return
        }
        if (out.facts.times) times.set(out, timeIn(fields, request.start))
        const key = out.index.number(bytes, path.start, path.end)
        if (out.facts.sizes && key !== UNSAMPLED) {
          const size = bytesSent(fields, request.end) || sizes[key]
          if (size === undefined) {
            sizeless++
            return
          }
          sizes[key] = out.size = size
        }
        out.add(key)
      },
      found: () => [
        ...(pathless > 0 ? [`${plural(pathless, 'line')} without a path left out`] : []),
        ...(sizeless > 0 ? [`${plural(sizeless, 'request')} without a known size left out`] : []),
        ...times.found(),
      ],
    }
  },
})

/** Where the request stands, between the quotes behind the time. */
function requestIn(fields: Fields): { start: number; end: number } {
  const { bytes, starts, ends } = fields
  const open = bytes.indexOf(OPEN, starts[0])
  const quote = open < 0 ? -1 : bytes.indexOf(QUOTE, open)
  let end = quote + 1
  while (end < ends[0] && bytes[end] !== QUOTE) end += bytes[end] === BACKSLASH ? 2 : 1
  if (quote < 0 || end >= ends[0]) throw fields.error('not a line of an access log: no [time] "request"')
  return { start: quote + 1, end }
}

/** The second word of a request; undefined where there is none. */
function pathIn(bytes: Uint8Array, start: number, end: number): { start: number; end: number } | undefined {
  let from = start
  while (from < end && bytes[from] !== SPACE) from++
  from++
  let to = from
  while (to < end && bytes[to] !== SPACE) to++
  return to > from ? { start: from, end: to } : undefined
}

/** The bytes that were sent; 0 for `-`. They stand behind the status, which stands behind the request. */
function bytesSent(fields: Fields, requestEnd: number): number {
  const { bytes, ends } = fields
  const [, status, sent] = words(bytes, requestEnd, ends[0])
  if (status === undefined || sent === undefined) throw fields.error('no status and bytes behind the request')
  if (sent.end - sent.start === 1 && bytes[sent.start] === DASH) return 0
  fields.starts[1] = sent.start
  fields.ends[1] = sent.end
  return fields.number(1, 'number of bytes')
}

/** The first three words from a place on. */
function words(bytes: Uint8Array, from: number, end: number): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = []
  for (let i = from; i < end && found.length < 3; i++) {
    const start = i
    while (i < end && bytes[i] !== SPACE) i++
    if (i > start) found.push({ start, end: i })
  }
  return found
}

/** Seconds since 1970 of `[10/Oct/2000:13:55:36 -0700] "`, which ends at a place. */
function timeIn(fields: Fields, end: number): number {
  const { bytes } = fields
  const at = bytes.lastIndexOf(OPEN, end) + 1
  const text = String.fromCharCode(...bytes.subarray(at - 1, Math.min(at + 27, end)))
  if (!DATE.test(text))
    throw fields.error(`its time ${quoted(text.trim())} is not like [10/Oct/2000:13:55:36 -0700]`)
  const digits = (from: number, to: number) => Number(text.slice(from, to))
  const month = MONTHS.indexOf(text.slice(4, 7)) / 4
  const seconds =
    Date.UTC(digits(8, 12), month, digits(1, 3), digits(13, 15), digits(16, 18), digits(19, 21)) / 1000
  const offset = (digits(23, 25) * 60 + digits(25, 27)) * 60
  return text[22] === '-' ? seconds + offset : seconds - offset
}
