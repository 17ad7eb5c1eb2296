import { reportOf } from '../../report/build.js'
import type { Report } from '../../report/index.js'
import { formatFacts, traceFormats } from '../../trace/formats/index.js'
import { operationNames } from '../../trace/operation-names.js'

/** What an operation does to a cache, by its kind in a trace. */
const effects = {
  read: 'a hit, or a miss that puts the key in',
  write: 'puts the key in; of a cached key it sets the size and the TTL. Not counted in the hit ratio',
  delete: 'takes the key out. Not counted in the hit ratio',
} as const

/** Every format of a trace, with an example, and what the operations in it do. */
export function formatTable(): Report {
  return reportOf('evict formats', {
    title: 'Formats of traces',
    tables: {
      formats: {
        title: 'For --trace-format, or found by their content',
        columns: {
          format: 'format',
          what: 'what a line or record is',
          found: 'found by',
          has: 'beside keys',
          example: 'example',
        },
        rows: traceFormats.map((format) => ({ format, ...formatFacts[format] })),
      },
      operations: {
        title: 'What each operation does',
        columns: { kind: 'operation', names: 'names, in any case', effect: 'what it does' },
        rows: Object.entries(operationNames).map(([kind, names]) => ({
          kind,
          names: names.join(' '),
          effect: effects[kind as keyof typeof effects],
        })),
      },
    },
    findings: {
      ttl: 'A key expires when its TTL is over, in the trace’s time: a read of it is a miss from then on.',
      blocks: 'Of block traces (arc, spc, msr, vscsi, address) reads and writes are requests alike.',
      compressed: 'Each may be compressed with gzip, zstd, xz or bzip2.',
    },
  })
}
