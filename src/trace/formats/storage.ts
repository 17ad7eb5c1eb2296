import { type Head, MAX_ODD } from '../head.js'
import { quoted } from '../text/bytes.js'
import type { Fields } from '../text/fields.js'
import { addBlocks, addSpan } from './blocks.js'
import { fixedFormat } from './fixed.js'

const SECTOR = 512
const PAGE = 4096
/** Windows counts 100 ns. */
const TICKS = 1e7
/** Lines that must count up, so that other numbers aren't taken for the format. */
const MIN_ARC_LINES = 5

/**
 * The traces of ARC's authors (Megiddo and Modha, FAST 2003): first block, number of blocks, a number that is ignored,
 * number of the request. Each block is requested.
 */
export const arc = fixedFormat({
  name: 'arc',
  recognizes: isArc,
  open: () => ({
    delimiter: 'spaces',
    atLeast: 2,
    understood:
      'ARC’s format: first block, number of blocks, ignored, number of the request; a request for each block',
    row(fields, out) {
      const first = fields.number(0, 'first block')
      addBlocks(out, fields, first, first + fields.number(1, 'number of blocks') - 1)
    },
  }),
})

/** Four whole numbers a line, of which the last counts the lines; all but a tenth of the lines, or all but one of few. */
function isArc({ lines }: Head): boolean {
  if (lines.length < MIN_ARC_LINES) return false
  const rows = lines.map((text) => /^(\d+) +(\d+) +(\d+) +(\d+)$/.exec(text)?.slice(1).map(Number))
  const [first] = rows
  if (!first) return false
  let right = 0
  for (const [i, row] of rows.entries())
    if (row && row[1] > 0 && (row[3] === first[3] + i || row[3] === first[3] + right)) right++
  return rows.length - right <= Math.max(1, rows.length * MAX_ODD)
}

const R = 0x72
const W = 0x77

/** Throws InputError unless a column begins like a read or a write: traces also have such as Trim and Flush. */
function checkOperation(fields: Fields, column: number): void {
  const first = fields.bytes[fields.starts[column]] | 0x20
  if (first !== R && first !== W)
    throw fields.error(
      `the operation ${quoted(fields.text(column))} in column ${column + 1} is neither a read nor a write`,
    )
}

/**
 * The Storage Performance Council's format, of UMass's traces: ASU, LBA in sectors of 512 bytes, size in bytes, opcode,
 * time in seconds, optional fields (SPC Trace File Format Specification, revision 1.0.1).
 */
export const spc = fixedFormat({
  name: 'spc',
  takes: ['blockSize'],
  shape: /^\d+ *, *\d+ *, *\d+ *, *[rw] *, *\d+(\.\d*)?(,.*)?$/i,
  open: ({ blockSize = SECTOR }) => ({
    delimiter: ',',
    atLeast: 5,
    understood: `SPC’s format: unit, sector, size, operation, time; a request for each block of ${blockSize} bytes, reads and writes alike`,
    parameters: { blockSize },
    has: { sizes: true, times: true },
    row(fields, out) {
      checkOperation(fields, 3)
      if (out.facts.times) out.time = fields.time(4)
      out.size = blockSize
      addSpan(out, fields, fields.number(1, 'LBA') * SECTOR, fields.size(2), blockSize, [0, 0])
    },
  }),
})

/**
 * Microsoft Research Cambridge's traces (Narayanan and others, FAST 2008; SNIA IOTTA 388): time in 100 ns, host, disk,
 * Read or Write, offset in bytes, size in bytes, response time.
 */
export const msr = fixedFormat({
  name: 'msr',
  takes: ['blockSize'],
  shape: /^\d+,[^,]+,\d+,(read|write),\d+,\d+,\d+$/i,
  open: ({ blockSize = PAGE }) => ({
    delimiter: ',',
    atLeast: 6,
    understood: `MSR’s format: time, host, disk, operation, offset, size, response time; a request for each block of ${blockSize} bytes, reads and writes alike`,
    parameters: { blockSize },
    has: { sizes: true, times: true },
    row(fields, out) {
      checkOperation(fields, 3)
      if (out.facts.times) out.time = fields.time(0, TICKS)
      out.size = blockSize
      addSpan(out, fields, fields.number(4, 'offset'), fields.size(5), blockSize, [1, 2])
    },
  }),
})
