import { operations } from '../batch.js'
import type { Format, Parameters, Reader, TraceOptions } from '../format.js'
import type { Head } from '../head.js'
import { OperationReader, operationNames } from '../operation-names.js'
import type { Requests } from '../requests.js'
import { quoted, shortened } from '../text/bytes.js'
import { type Columns, columnKinds, columnOptions, columnsOf, describeColumns } from '../text/columns.js'
import { nameOfDelimiter, type Sample, sample, sampleOf } from '../text/detect.js'
import type { Delimiter, Fields } from '../text/fields.js'
import { plural, Rows } from '../text/rows.js'
import { textReader } from './plain.js'

/** A table: lines of fields between a delimiter, in columns that options name. */
const table = (fixed?: Delimiter): Format => ({
  takes: fixed ? ['header', 'comment', 'columns'] : ['delimiter', 'header', 'comment', 'columns'],
  open(head, options) {
    const delimiter = fixed ?? delimiterOf(options.delimiter)
    return openTable(
      head,
      delimiter ? sample(head, delimiter, options.comment) : sampleOf(head, options),
      options,
    )
  },
})

export const csv = table(',')
export const tsv = table('\t')
/** The delimiter is given, or found. */
export const anyTable = table()

function delimiterOf(given: string | undefined): Delimiter | undefined {
  const names: Record<string, Delimiter> = { tab: '\t', '\\t': '\t', space: 'spaces', ' ': 'spaces' }
  return given === undefined ? undefined : (names[given] ?? given)
}

function openTable(head: Head, found: Sample, options: TraceOptions): Reader {
  if (
    options.delimiter !== undefined &&
    found.rows.length > 0 &&
    found.rows.every(({ count }) => count === 1)
  )
    throw head.error(`no line has a delimiter ${JSON.stringify(options.delimiter)}`)
  if (found.rows.length === 0 && found.problem) throw found.problem
  const columns = columnsOf(head, found, options)
  const { at, header } = columns
  const first = found.texts[0] ?? []
  if (found.delimiter === 'none' && columnKinds.every((kind) => kind === 'key' || at[kind] === undefined))
    return textReader({ header, comment: options.comment })
  const isFree = options.delimiter !== undefined
  const rows = new Rows({
    delimiter: found.delimiter,
    header,
    comment: options.comment,
    columns: isFree ? undefined : first.length,
    atLeast: Math.max(...columnKinds.map((kind) => at[kind] ?? 0)) + 1,
  })
  const row = rowOf(columns)
  const delimiter = nameOfDelimiter(found.delimiter)
  const shape = first.length === 1 ? 'of one column' : `with ${delimiter} between its columns`
  const has = {
    sizes: at.size !== undefined,
    times: at.time !== undefined,
    ttls: at.ttl !== undefined,
    operations: at.op !== undefined,
  }
  return {
    understood: `a table ${shape} and ${header ? 'a' : 'no'} header; ${describeColumns(columns, first)}${unitOf(found.texts[header ? 1 : 0]?.[at.time ?? -1])}`,
    parameters: parametersOf(columns, delimiter),
    has,
    given: has,
    sizeHint: `name their column with --size-column; the columns are ${columns.list}`,
    read: (input, { label, out }) => rows.read(input, label, out, row),
    found: () => (rows.comments > 0 ? [`${plural(rows.comments, 'comment')} skipped`] : []),
  }
}

/** Seconds since 1970 are below it until the year 5138, milliseconds above it from 1973 on. */
const MAX_SECONDS = 1e11

/** What a notice says of the unit of times, where the first looks like milliseconds since 1970 or less. */
export const unitOf = (time: string | undefined): string =>
  Number(time) > MAX_SECONDS ? `; times, such as ${shortened(time!)}, are taken as seconds` : ''

function parametersOf({ at, header, names }: Columns, delimiter: string): Parameters {
  const used = columnKinds.flatMap((kind) =>
    at[kind] === undefined
      ? []
      : [[columnOptions[kind].option, names[at[kind]] ?? String(at[kind] + 1)] as const],
  )
  return { traceFormat: 'table', delimiter, header: header ? 'yes' : 'no', ...Object.fromEntries(used) }
}

/** What adds the requests of a row. Sizes and times are read only where they are collected. */
function rowOf({ at }: Columns): (fields: Fields, out: Requests) => void {
  const names = new OperationReader()
  return (fields, out) => {
    const { bytes, starts, ends } = fields
    let isDeletion = false
    if (at.op !== undefined) {
      out.operation = operationIn(fields, at.op, names)
      isDeletion = out.operation === operations.delete
    }
    if (at.time !== undefined) out.time = fields.time(at.time)
    if (at.size !== undefined) out.size = fields.size(at.size, isDeletion)
    if (at.ttl !== undefined) out.ttl = fields.number(at.ttl, 'TTL')
    const count = at.count === undefined ? 1 : fields.repeats(at.count)
    if (starts[at.key] === ends[at.key]) throw fields.error(`the key in column ${at.key + 1} is empty`)
    if (count > 0) out.key(bytes, starts[at.key], ends[at.key], count)
  }
}

/** The operation in a column. Throws InputError for a name that isn't known. */
export function operationIn(fields: Fields, column: number, names: OperationReader): number {
  const code = names.read(fields.bytes, fields.starts[column], fields.ends[column])
  if (code !== undefined) return code
  throw fields.error(
    `the operation ${quoted(fields.text(column))} in column ${column + 1} is none of ${Object.values(operationNames).flat().join(', ')}`,
  )
}
