import { type Command, Option } from 'commander'
import { InputError } from '../../input-error.js'
import { type TraceFormat, traceFormats } from '../../trace/records.js'
import { Trace } from '../../trace/trace.js'
import { inputBytes, labelOf } from '../input.js'
import { choice } from './arguments.js'

/** What `traceOptions` reads from the command line. */
export interface TraceFlags {
  trace?: string
  traceFormat?: TraceFormat
  keyColumn?: string
}

/** Options for requests from a file, which exclude those for requests that are drawn. */
export function traceOptions(command: Command, others: readonly string[]): Command {
  return command
    .addOption(
      new Option('--trace <file>', 'requests from a file, also compressed; - is a pipe').conflicts([
        ...['keys', 'requests', 'skew', 'exponent', ...others],
      ]),
    )
    .addOption(
      new Option('--trace-format <name>', 'how the trace is written (default: by its content)')
        .choices(traceFormats)
        .argParser(choice('--trace-format', traceFormats)),
    )
    .addOption(new Option('--key-column <name|number>', 'which column of a CSV or TSV trace is the key'))
}

/** The trace that the options name, if they do. */
export function traceOf({ trace: path, traceFormat: format, keyColumn }: TraceFlags): Trace | undefined {
  if (path === undefined) {
    if (format ?? keyColumn) throw new InputError('--trace-format and --key-column need --trace')
    return undefined
  }
  if (path === '') throw new InputError('--trace must name a file, got ""')
  return new Trace(labelOf(path), inputBytes(path), { format, keyColumn })
}
