import type { TraceOptions } from '../format.js'
import type { Head } from '../head.js'
import { listed, quoted } from './bytes.js'
import { COMMENT_HINT, columnNames, hasHeader, nameOfDelimiter, type Sample } from './detect.js'
import { MAX_FIELDS } from './fields.js'

/** What a column can hold, the option that names it, and what it holds. */
export const columnOptions = {
  key: { option: 'keyColumn', flag: '--key-column', noun: 'keys' },
  size: { option: 'sizeColumn', flag: '--size-column', noun: 'sizes' },
  time: { option: 'timeColumn', flag: '--time-column', noun: 'times' },
  ttl: { option: 'ttlColumn', flag: '--ttl-column', noun: 'TTLs' },
  op: { option: 'opColumn', flag: '--op-column', noun: 'operations' },
  count: { option: 'countColumn', flag: '--count-column', noun: 'counts' },
} as const

export type ColumnKind = keyof typeof columnOptions
export const columnKinds = Object.keys(columnOptions) as ColumnKind[]

/** The columns of a table, from 0, by what they hold. */
export interface Columns {
  readonly at: Partial<Record<ColumnKind, number>> & { readonly key: number }
  readonly header: boolean
  /** `1 "time", 2 "key"`: the fields of the first line. */
  readonly list: string
  /** How each column is called: `2 "key"`, or its number. */
  readonly names: readonly string[]
}

/** Finds the columns that the options name. Throws InputError, with all columns, where one isn't there. */
export function columnsOf(head: Head, table: Sample, options: TraceOptions): Columns {
  const header = hasHeader(table, options)
  const first = table.texts[0] ?? []
  const list = listed(first.map((text, i) => `${i + 1} ${quoted(text)}`))
  const find = (wanted: string): number => {
    const byName = header ? first.indexOf(wanted) : -1
    if (byName >= 0) return byName
    const byNumber = /^\d+$/.test(wanted) ? Number(wanted) - 1 : -1
    if (byNumber >= 0 && byNumber < Math.min(first.length, MAX_FIELDS)) return byNumber
    const why = header || byNumber >= 0 || /^\d+$/.test(wanted) ? '' : ' and no header'
    throw head.error(`there is no column ${JSON.stringify(wanted)}${why}; the columns are ${list}`)
  }
  if (options.keyColumn === undefined && first.length > 1)
    throw head.error(noKey(table, list, [header, head.hasHashes()]))
  const at = Object.fromEntries(
    columnKinds.flatMap((kind) => {
      const wanted = options[columnOptions[kind].option]
      return wanted === undefined ? [] : [[kind, find(wanted)]]
    }),
  )
  const names = first.map((text, i) => (header ? `${i + 1} ${quoted(text)}` : String(i + 1)))
  const { key = 0 } = at
  if (at.size === key) throw head.error(`--size-column names the column of the keys, ${names[key]}`)
  return { at: { ...at, key }, header, list, names }
}

function noKey(
  { delimiter, texts: [first] }: Sample,
  list: string,
  [header, hasHashes]: readonly [boolean, boolean],
): string {
  const likely = header ? first.find((text) => columnNames.key.includes(text.toLowerCase())) : undefined
  const isNumbers = !header && first.length >= 3 && first.every((text) => /^\d+$/.test(text))
  const hints = [
    ...(likely === undefined ? [] : [`for example --key-column ${likely}`]),
    ...(isNumbers && delimiter === 'spaces'
      ? ['--trace-format webcachesim if they are time, object and size']
      : []),
    '--trace-format lines for whole lines as keys',
    ...(hasHashes ? [COMMENT_HINT] : []),
  ]
  return `say with --key-column which one is the key; the columns are ${list}, between ${nameOfDelimiter(delimiter)} (${hints.join('; ')})`
}

/** What a notice says of the columns: those used, and what others seem to hold, with the option to give. */
export function describeColumns({ at, header, names }: Columns, first: readonly string[]): string {
  const used = columnKinds.filter((kind) => at[kind] !== undefined)
  const taken = new Set(used.map((kind) => at[kind]))
  const parts = used.map((kind) => `${columnOptions[kind].noun} are in column ${names[at[kind]!]}`)
  const rest: string[] = []
  for (const [i, text] of first.entries()) {
    if (taken.has(i)) continue
    const kind = header
      ? columnKinds.find((one) => !used.includes(one) && columnNames[one].includes(text.toLowerCase()))
      : undefined
    if (kind === undefined) rest.push(names[i])
    else
      parts.push(
        `${columnOptions[kind].noun} are in column ${names[i]} and are not used: ${columnOptions[kind].flag} ${i + 1}`,
      )
  }
  if (rest.length > 0) parts.push(`not used: column${rest.length > 1 ? 's' : ''} ${listed(rest)}`)
  return parts.join('; ')
}
