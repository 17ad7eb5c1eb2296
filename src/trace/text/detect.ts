import { InputError } from '../../input-error.js'
import type { TraceOptions } from '../format.js'
import { BYTE_ORDER_MARK, type Head } from '../head.js'
import { bytesOf, NEWLINE, numberIn, startsWith } from './bytes.js'
import { type Delimiter, Fields, UNCLOSED } from './fields.js'
import { plural, unclosed } from './rows.js'

/** What may separate columns, the most telling first, and its name. */
const delimiterNames: Record<string, string> = {
  '\t': 'tabs',
  '|': '|',
  ';': 'semicolons',
  ',': 'commas',
  spaces: 'spaces',
}

export const COMMENT_HINT = "--comment '#' to skip lines that begin with #"

export const nameOfDelimiter = (delimiter: Delimiter): string =>
  delimiterNames[delimiter] ?? JSON.stringify(delimiter)

/** Lines of the beginning whose columns are counted, and those whose fields are looked at. */
const MAX_ROWS = 1000
const MAX_TEXTS = 100

interface Row {
  readonly line: number
  readonly count: number
}

/** The beginning of a table, read with a delimiter. */
export interface Sample {
  readonly delimiter: Delimiter
  readonly rows: readonly Row[]
  /** The fields of its first rows. */
  readonly texts: readonly (readonly string[])[]
  /** Whether its quotes can't be read behind those rows. */
  readonly isBroken: boolean
  /** What is wrong with the quotes of the row behind them. */
  readonly problem?: InputError
}

/** Reads the beginning with a delimiter, up to where its quotes can't be read. */
export function sample(head: Head, delimiter: Delimiter, comment?: string): Sample {
  const from = startsWith(head.bytes, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0
  const cut = head.bytes.lastIndexOf(NEWLINE) + 1
  const bytes =
    head.isWhole || cut === 0
      ? Buffer.concat([head.bytes.subarray(from), Uint8Array.of(NEWLINE)])
      : head.bytes.subarray(from, cut)
  const prefix = comment === undefined ? undefined : bytesOf(comment)
  const fields = new Fields(head.label, delimiter)
  const rows: Row[] = []
  const texts: string[][] = []
  fields.load(bytes)
  for (let at = 0; at < bytes.length && rows.length < MAX_ROWS; ) {
    if (prefix && startsWith(bytes, prefix, at)) {
      at = fields.skip(at)
      continue
    }
    const next = nextOrProblem(fields, at)
    if (next instanceof InputError) return { delimiter, rows, texts, isBroken: head.isWhole, problem: next }
    const isBlank = fields.isBlank()
    if (!isBlank && texts.length < MAX_TEXTS) texts.push(fields.texts())
    if (!isBlank) rows.push({ line: fields.line, count: fields.count })
    at = next
  }
  return { delimiter, rows, texts, isBroken: false }
}

function nextOrProblem(fields: Fields, at: number): number | InputError {
  try {
    const next = fields.read(at)
    return next === UNCLOSED ? unclosed(fields) : next
  } catch (error) {
    if (error instanceof InputError) return error
    throw error
  }
}

/**
 * The beginning with the delimiter that gives all its lines the same number of columns, two at least; of one column
 * where no delimiter gives more. Throws InputError, naming a line, where the lines differ.
 */
export function sampleOf(head: Head, { comment, keyColumn }: TraceOptions): Sample {
  const all = Object.keys(delimiterNames).map((delimiter) => sample(head, delimiter, comment))
  const samples = all.filter(({ isBroken }) => !isBroken)
  // One column in quotes: spaces in it separate nothing.
  const quoted = samples.find(({ delimiter, rows }) => delimiter === ',' && isOneColumn(rows))
  if (quoted && head.lines.some((text) => text.startsWith('"'))) return quoted
  const isEven = ({ rows }: Sample) => rows.length > 0 && rows[0].count > 1 && !oddRow(rows)
  const even = samples.filter(isEven)
  const named = even.find(({ texts }) => keyColumn !== undefined && texts[0].includes(keyColumn))
  // Of broken quotes the reader says where they are.
  const found = named ?? even[0] ?? all.find((one) => one.isBroken && isEven(one))
  if (found) return found
  const several = samples.filter(({ rows }) => rows.some(({ count }) => count > 1))
  if (several.length > 0) throw uneven(head, several, keyColumn === undefined)
  return sample(head, 'none', comment)
}

/** The first row with another number of columns than the one before it. */
const oddRow = (rows: readonly Row[]) => rows.find(({ count }) => count !== rows[0].count)

const isOneColumn = (rows: readonly Row[]) => rows.every(({ count }) => count === 1)

function uneven(head: Head, samples: readonly Sample[], needsKey: boolean): InputError {
  const alike = ({ rows }: Sample) => rows.filter(({ count }) => count === rows[0].count).length
  const { delimiter, rows } = samples.reduce((a, b) => (alike(b) < alike(a) ? b : a))
  const { line, count } = oddRow(rows)!
  const comments = head.hasHashes() ? `, or ${COMMENT_HINT}` : ''
  return new InputError(
    `${head.label}, line ${line}: ${plural(count, 'column')} between ${nameOfDelimiter(delimiter)}, line ${rows[0].line} has ${rows[0].count}; give --trace-format lines for whole lines as keys, or --delimiter${needsKey ? ' and --key-column' : ''}${comments}`,
  )
}

const isNumber = (text: string) => {
  const bytes = bytesOf(text)
  return !Number.isNaN(numberIn(bytes, 0, bytes.length))
}

/** Names of columns, by what they hold. */
export const columnNames = {
  key: 'key id obj_id object_id objectid object obj item url uri path lbn lba block block_id blockid page address addr'.split(
    ' ',
  ),
  size: 'size obj_size object_size size_bytes bytes value_size length len content_length'.split(' '),
  time: 'time timestamp ts clock_time op_time real_time'.split(' '),
  ttl: 'ttl expiry'.split(' '),
  op: 'op operation cmd command opcode type'.split(' '),
  count: 'count op_count'.split(' '),
}
const knownNames = new Set([
  ...Object.values(columnNames).flat(),
  ...'version host hostname client client_id tenant key_size next next_access_vtime'.split(' '),
])

/**
 * Whether the first line holds names, not a request: an option names one of them, all are known, or a column has a name
 * above numbers; or a word above fields that all have digits, where no field of the first line comes again.
 */
export function hasHeader({ texts }: Sample, options: TraceOptions): boolean {
  if (options.header !== undefined) return options.header === 'yes'
  const [first, ...others] = texts
  if (first === undefined) return false
  const { keyColumn, sizeColumn, timeColumn, ttlColumn, opColumn, countColumn } = options
  const given = [keyColumn, sizeColumn, timeColumn, ttlColumn, opColumn, countColumn]
  if (given.some((name) => name !== undefined && !/^\d+$/.test(name) && first.includes(name))) return true
  if (first.every((text) => knownNames.has(text.toLowerCase()))) return true
  const isName = (text: string, column: number) =>
    /\p{L}/u.test(text) && !isNumber(text) && others.every((row) => isNumber(row[column] ?? ''))
  if (others.length === 0) return false
  if (first.some(isName)) return true
  const isWord = (text: string, column: number) =>
    /\p{L}/u.test(text) && !/\d/.test(text) && others.every((row) => /\d/.test(row[column] ?? ''))
  return first.some(isWord) && !first.some((text, column) => others.some((row) => row[column] === text))
}
