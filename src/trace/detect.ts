import { isUtf8 } from 'node:buffer'
import { InputError } from '../input-error.js'
import { fileTypeOf } from './file-types.js'
import type { Format, Reader, Setting, TraceOptions } from './format.js'
import { formatOf, recognizable, type TraceFormat, traceFormats } from './formats/index.js'
import { anyTable } from './formats/table.js'
import type { Head } from './head.js'
import { NEWLINE } from './text/bytes.js'
import { columnKinds, columnOptions } from './text/columns.js'
import { MAX_LINE } from './text/rows.js'

/** How to read a trace that begins in this way. Throws InputError where its format can't be told, or the options don't fit. */
export function readerOf(head: Head, options: TraceOptions): Reader {
  const name = options.format as TraceFormat | undefined
  const type = fileTypeOf(head.bytes)
  if (type !== undefined && name !== 'lines') throw head.error(type)
  if (isEndless(head)) throw new InputError(`${head.label}, line 1: longer than ${MAX_LINE} bytes`)
  if (name !== undefined) {
    const wrong = unfit(formatOf(name), options)
    if (wrong) throw new InputError(`${wrong.flags} cannot be used with --trace-format ${name}${wrong.hint}`)
    return formatOf(name).open(head, options)
  }
  const isBinary = head.bytes.includes(0)
  const found = recognizable.find((format) => formatOf(format).recognizes!(head))
  const wrong = found && unfit(formatOf(found), options)
  if (found && !wrong) return formatOf(found).open(head, options)
  if (found && (isBinary || found === 'jsonl'))
    throw head.error(`${wrong!.flags} cannot be used with ${found}, which this is`)
  if (isBinary && !isMostlyText(head))
    throw head.error('binary data in no format that is known; cachelab evict formats lists those that are')
  if (/^\[\s*\{/.test(head.lines.slice(0, 2).join(' ')))
    throw head.error("a JSON array; write an object a line first: jq -c '.[]' FILE")
  const wrongTable = unfit(anyTable, options)
  if (wrongTable) throw head.error(`${wrongTable.flags} cannot be used with a table${wrongTable.hint}`)
  try {
    return anyTable.open(head, options)
  } catch (error) {
    const near = recognizable.find((format) => isNear(head, formatOf(format), options))
    if (!(error instanceof InputError) || near === undefined) throw error
    const hasHeader = !formatOf(near).shape!.test(head.lines[0]) && !head.lines[0].startsWith('#')
    throw new InputError(
      `${error.message}; most lines look like ${near}: --trace-format ${near}${hasHeader ? ' --header yes' : ''}`,
    )
  }
}

/** Whether most lines have a format's shape, and the options fit. */
function isNear(head: Head, format: Format, options: TraceOptions): boolean {
  const { shape } = format
  return shape !== undefined && head.count(shape) * 2 > head.lines.length && !unfit(format, options)
}

/** Whether data has no line break and no NUL byte, as far as a line may go. */
const isEndless = ({ bytes }: Head) =>
  bytes.length > MAX_LINE && !bytes.includes(NEWLINE) && !bytes.includes(0)

const flagsOf: Record<Setting, (options: TraceOptions) => string[]> = {
  delimiter: ({ delimiter }) => (delimiter === undefined ? [] : ['--delimiter']),
  header: ({ header }) => (header === undefined ? [] : ['--header']),
  comment: ({ comment }) => (comment === undefined ? [] : ['--comment']),
  columns: (options) =>
    columnKinds
      .map((kind) => columnOptions[kind])
      .filter(({ option }) => options[option] !== undefined)
      .map(({ flag }) => flag),
  blockSize: ({ blockSize }) => (blockSize === undefined ? [] : ['--block-size']),
}

/** Whether all but NUL bytes is printed text of several lines: its reader names the line of the first. */
function isMostlyText({ bytes }: Head): boolean {
  let others = 0
  for (const byte of bytes) if (byte < 32 && byte !== 0 && (byte < 9 || byte > 13)) others++
  return others === 0 && bytes.includes(NEWLINE) && isUtf8(bytes.subarray(0, bytes.lastIndexOf(NEWLINE)))
}

/** Options that a format doesn't take. */
function unfit({ takes }: Format, options: TraceOptions): { flags: string; hint: string } | undefined {
  const settings = Object.keys(flagsOf) as Setting[]
  const flags = settings.filter((one) => !takes.includes(one)).flatMap((one) => flagsOf[one](options))
  if (flags.length === 0) return undefined
  const withBlocks = traceFormats.filter((name) => formatOf(name).takes.includes('blockSize'))
  const hint = flags.includes('--block-size') ? `; it is for ${withBlocks.join(', ')}` : ''
  return { flags: flags.join(' and '), hint }
}
