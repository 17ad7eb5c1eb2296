import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'
import { fileError, InputError } from '../../input-error.js'
import { Fields, UNCLOSED } from '../../trace/text/fields.js'

const MAX_BYTES = 4 << 20
const BYTE_ORDER_MARK = '\ufeff'

/** A row of a table: its cells by the names of their columns, in lower case. */
export interface CsvRow {
  /** `roster.csv, line 3`. */
  readonly place: string
  readonly cells: ReadonlyMap<string, string>
}

/**
 * The rows of a CSV file that a person wrote, of at most 4 MB, with a header; spreadsheets in some languages separate by
 * semicolons. Throws InputError, naming the option or the line, where it can't be read.
 */
export function readCsv(
  path: string,
  option: string,
  isEnough: (columns: readonly string[]) => string | null,
): CsvRow[] {
  const text = textOf(path, option)
  const fields = new Fields(path, text.split('\n', 1)[0].includes(',') ? ',' : ';')
  const bytes = Buffer.from(`${text}\n`)
  fields.load(bytes)
  const next = (at: number) => {
    const end = fields.read(at)
    if (end === UNCLOSED) throw fields.error('a quote opens here and is never closed', fields.openLine)
    return end
  }
  let at = next(0)
  const columns = fields.texts().map((name) => name.toLowerCase())
  const lack = isEnough(columns)
  if (lack !== null) throw fields.error(`${lack}, got ${JSON.stringify(columns.join(', ').slice(0, 80))}`)
  const rows: CsvRow[] = []
  while (at < bytes.length) {
    at = next(at)
    if (fields.isBlank()) continue
    if (fields.count > columns.length)
      throw fields.error(`${fields.count} columns; the header has ${columns.length}`)
    const cells = new Map(columns.map((name, i) => [name, i < fields.count ? fields.text(i) : '']))
    rows.push({ place: `${path}, line ${fields.line}`, cells })
  }
  return rows
}

function textOf(path: string, option: string): string {
  const refuse = (why: string) => new InputError(`${option} can't read ${JSON.stringify(path)}: ${why}`)
  try {
    if (statSync(path).size > MAX_BYTES) throw refuse(`more than ${MAX_BYTES >> 20} MB`)
    const bytes = readFileSync(path)
    if (!isUtf8(bytes) || bytes.includes(0)) throw refuse('it is not UTF-8 text')
    const text = bytes.toString()
    return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  } catch (error) {
    if (error instanceof InputError) throw error
    throw fileError(error, refuse(String((error as NodeJS.ErrnoException).code)).message)
  }
}
