import type { Format, Parameters, Reader, Setting, TraceOptions } from '../format.js'
import type { Head } from '../head.js'
import type { Facts, Requests } from '../requests.js'
import type { Fields } from '../text/fields.js'
import { plural, type RowOptions, Rows } from '../text/rows.js'

interface Opened extends RowOptions {
  /** What a notice says of the format. */
  readonly understood: string
  readonly has?: Partial<Facts>
  readonly parameters?: Parameters
  /** Adds the requests of a line. */
  row(fields: Fields, out: Requests): void
  /** What was found while reading. */
  found?(): string[]
}

interface FixedFormat {
  readonly name: string
  readonly takes?: readonly Setting[]
  /** What every line looks like. Without it the format is found by `recognizes`, or by its name only. */
  readonly shape?: RegExp
  readonly recognizes?: (head: Head) => boolean
  open(options: TraceOptions, head: Head): Opened
}

/** A format of lines whose columns are fixed. A header is skipped if it is said to be there. */
export function fixedFormat({ name, takes = [], shape: line, open, ...rest }: FixedFormat): Format {
  const recognizes = rest.recognizes ?? (line && ((head: Head) => head.hasShape(line)))
  return {
    takes: ['comment', 'header', ...takes],
    ...(line ? { shape: line } : {}),
    ...(recognizes ? { recognizes } : {}),
    open(head, options): Reader {
      const { row, understood, has = {}, parameters = {}, found = () => [], ...shape } = open(options, head)
      const isGiven = options.header === 'yes'
      const rows = new Rows({ ...shape, header: isGiven || shape.header === true, comment: options.comment })
      return {
        understood: isGiven ? `${understood}; the first line is a header` : understood,
        parameters: { traceFormat: name, ...parameters },
        has: { sizes: false, times: false, ttls: false, operations: false, ...has },
        read: (input, { label, out }) => rows.read(input, label, out, row),
        found: () => [
          ...found(),
          ...(rows.comments > 0 ? [`${plural(rows.comments, 'comment')} skipped`] : []),
        ],
      }
    },
  }
}

/** Times of a log, which may be written out of order: one that goes back counts as the one before it. */
export class LogTimes {
  private back = 0

  set(out: Requests, time: number): void {
    if (time < out.time) this.back++
    else out.time = time
  }

  found(): string[] {
    return this.back > 0 ? [`${plural(this.back, 'time')} went back, and counted as the time before`] : []
  }
}
