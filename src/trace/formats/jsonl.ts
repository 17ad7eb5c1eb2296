import { operations } from '../batch.js'
import type { Format, Reader, TraceOptions } from '../format.js'
import type { Head } from '../head.js'
import { operationNames, operationOf } from '../operation-names.js'
import type { Requests } from '../requests.js'
import { bytesOf, listed, quoted, shortened } from '../text/bytes.js'
import { type ColumnKind, columnKinds, columnOptions } from '../text/columns.js'
import { columnNames } from '../text/detect.js'
import { type Fields, MAX_REPEATS } from '../text/fields.js'
import { plural, Rows } from '../text/rows.js'
import { unitOf } from './table.js'

/** How deep the fields of the first line are listed. */
const MAX_DEPTH = 3
const OBJECT = /^\{.*\}$/

type Line = Record<string, unknown>

/** JSON lines: an object a line. Columns are its fields, `request.key` the field of an object in it. */
export const jsonl: Format = {
  takes: ['columns', 'comment'],
  shape: OBJECT,
  recognizes: (head) => head.hasShape(OBJECT) && parsed(head.lines[0]) !== undefined,
  open(head, options): Reader {
    const paths = pathsOf(head)
    const list = listed(paths.map(quoted))
    if (options.keyColumn === undefined)
      throw head.error(`say with --key-column which field is the key; the fields are ${list}`)
    if (options.keyColumn === options.sizeColumn)
      throw head.error(`--size-column names the field of the keys, ${quoted(options.keyColumn)}`)
    const used = columnKinds.filter((kind) => options[columnOptions[kind].option] !== undefined)
    const has = {
      sizes: used.includes('size'),
      times: used.includes('time'),
      ttls: used.includes('ttl'),
      operations: used.includes('op'),
    }
    const rows = new Rows({ delimiter: 'none', comment: options.comment })
    const row = rowOf(options)
    const named = (kind: ColumnKind) => options[columnOptions[kind].option]!
    const unused = paths.filter((path) => !used.some((kind) => named(kind) === path))
    return {
      understood: `JSON lines; ${used.map((kind) => `${columnOptions[kind].noun} are in field ${JSON.stringify(named(kind))}`).join('; ')}${unusedFields(unused, used)}${unitOf(firstTime(head, options))}`,
      parameters: {
        traceFormat: 'jsonl',
        ...Object.fromEntries(used.map((kind) => [columnOptions[kind].option, named(kind)])),
      },
      has,
      given: has,
      sizeHint: `name their field with --size-column; the fields are ${list}`,
      read: (input, { label, out }) => rows.read(input, label, out, row),
      found: () => (rows.comments > 0 ? [`${plural(rows.comments, 'comment')} skipped`] : []),
    }
  },
}

/** The time of the first line, as it is written. */
function firstTime({ lines }: Head, { timeColumn }: TraceOptions): string | undefined {
  const line = parsed(lines[0] ?? '')
  return line && timeColumn !== undefined ? String(at(line, timeColumn)) : undefined
}

function unusedFields(unused: readonly string[], used: readonly ColumnKind[]): string {
  const parts = unused.map((path) => {
    const last = path.split('.').at(-1)!.toLowerCase()
    const kind = columnKinds.find((one) => !used.includes(one) && columnNames[one].includes(last))
    return `${quoted(path)}${kind ? ` (${columnOptions[kind].flag} ${shortened(path)} for ${columnOptions[kind].noun})` : ''}`
  })
  return parts.length > 0 ? `; not used: ${listed(parts)}` : ''
}

function parsed(text: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Line) : undefined
  } catch {
    return undefined
  }
}

/** The fields of the first line, and of objects in it. */
function pathsOf({ lines }: Head): string[] {
  const list = (value: unknown, path: readonly string[]): string[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && path.length < MAX_DEPTH
      ? Object.entries(value).flatMap(([name, inner]) => list(inner, [...path, name]))
      : [path.join('.')]
  const first = lines.length > 0 ? parsed(lines[0]) : undefined
  return first ? list(first, []) : []
}

function rowOf(options: TraceOptions): (fields: Fields, out: Requests) => void {
  const { keyColumn, sizeColumn, timeColumn, ttlColumn, opColumn, countColumn } = options
  return (fields, out) => {
    const line = parsed(fields.text(0))
    if (!line) throw fields.error('not a JSON object')
    const key = valueAt(line, keyColumn!, fields)
    if (typeof key === 'object')
      throw fields.error(`the key in ${JSON.stringify(keyColumn)} is no text or number`)
    if (typeof key === 'number' && Math.abs(key) > Number.MAX_SAFE_INTEGER)
      throw fields.error(
        `the key in ${JSON.stringify(keyColumn)} is a number over 2^53, which JSON.parse rounds; write it in quotes`,
      )
    if (opColumn !== undefined) out.operation = operationAt(valueAt(line, opColumn, fields), opColumn, fields)
    if (timeColumn !== undefined) {
      const time = numberAt(line, timeColumn, 'time', fields)
      if (time < out.time)
        throw fields.error(`the time in ${JSON.stringify(timeColumn)} goes back from ${out.time} to ${time}`)
      out.time = time
    }
    if (sizeColumn !== undefined) {
      const size = numberAt(line, sizeColumn, 'size', fields)
      if (size < 1 && out.operation !== operations.delete)
        throw fields.error(
          `the size in ${JSON.stringify(sizeColumn)} is ${size}, and must be at least 1 byte`,
        )
      out.size = Math.max(1, size)
    }
    if (ttlColumn !== undefined) out.ttl = numberAt(line, ttlColumn, 'TTL', fields)
    const count = countColumn === undefined ? 1 : numberAt(line, countColumn, 'count', fields)
    if (!Number.isInteger(count) || count > MAX_REPEATS)
      throw fields.error(
        `the count in ${JSON.stringify(countColumn)} must be a whole number up to ${MAX_REPEATS}`,
      )
    const bytes = bytesOf(String(key).trim())
    if (bytes.length === 0) throw fields.error(`the key in ${JSON.stringify(keyColumn)} is empty`)
    if (count > 0) out.key(bytes, 0, bytes.length, count)
  }
}

/** The value at a path, or in a field of that whole name; undefined where there is none. */
function at(line: Line, path: string): unknown {
  if (Object.hasOwn(line, path)) return line[path]
  let value: unknown = line
  for (const name of path.split('.'))
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Line)[name]
        : undefined
  return value
}

/** The same. Throws InputError where there is none, or null. */
function valueAt(line: Line, path: string, fields: Fields): unknown {
  const value = at(line, path)
  if (value !== undefined && value !== null) return value
  throw fields.error(
    value === null
      ? `the field ${quoted(path)} is null`
      : `there is no field ${quoted(path)}; the fields are ${listed(Object.keys(line).map(quoted))}`,
  )
}

function numberAt(line: Line, path: string, what: string, fields: Fields): number {
  const value = valueAt(line, path, fields)
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number))
    throw fields.error(
      `the ${what} ${shortened(JSON.stringify(value))} in ${JSON.stringify(path)} is not a number`,
    )
  if (number < 0) throw fields.error(`the ${what} ${number} in ${JSON.stringify(path)} is negative`)
  return number
}

function operationAt(value: unknown, path: string, fields: Fields): number {
  const code = typeof value === 'string' ? operationOf(value) : undefined
  if (code !== undefined) return code
  throw fields.error(
    `the operation ${shortened(JSON.stringify(value))} in ${JSON.stringify(path)} is none of ${Object.values(operationNames).flat().join(', ')}`,
  )
}
