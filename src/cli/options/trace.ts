import { InputError } from '../../input-error.js'
import { traceFormats } from '../../trace/records.js'
import { Trace } from '../../trace/trace.js'
import { inputBytes, labelOf } from '../input.js'
import { choice } from './arguments.js'
import { type FlagsOf, option } from './declare.js'

/** Options for requests from a file, which exclude those for generated requests. */
export const traceOptions = (...others: string[]) => ({
  trace: option('<file>', 'requests from a file, also compressed; - is standard input').excludes(
    'keys',
    'requests',
    'skew',
    'exponent',
    ...others,
  ),
  traceFormat: option('<name>', 'how the trace is written (default: by its content)', choice(traceFormats)),
  keyColumn: option('<name|number>', 'which column of a CSV or TSV trace is the key'),
})

type TraceFlags = FlagsOf<ReturnType<typeof traceOptions>>

/** The trace of the options, if one is given. */
export function traceOf({ trace: path, traceFormat: format, keyColumn }: TraceFlags): Trace | undefined {
  if (path === undefined) {
    if (format ?? keyColumn) throw new InputError('--trace-format and --key-column need --trace')
    return undefined
  }
  if (path === '') throw new InputError('--trace must name a file, got ""')
  return new Trace(labelOf(path), inputBytes(path), { format, keyColumn })
}
