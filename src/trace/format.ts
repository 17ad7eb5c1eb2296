import type { Batch } from './batch.js'
import type { Head } from './head.js'
import type { KeyIndex } from './key-index.js'
import type { Facts, Requests } from './requests.js'

/** How a trace is to be read; what is not given is found by the content. Columns are names or numbers from 1. */
export interface TraceOptions {
  readonly format?: string | undefined
  readonly delimiter?: string | undefined
  readonly header?: 'yes' | 'no' | undefined
  /** What begins a line that is skipped. */
  readonly comment?: string | undefined
  readonly keyColumn?: string | undefined
  readonly sizeColumn?: string | undefined
  readonly timeColumn?: string | undefined
  readonly ttlColumn?: string | undefined
  readonly opColumn?: string | undefined
  readonly countColumn?: string | undefined
  /** Bytes of a block. */
  readonly blockSize?: number | undefined
  /** Default: a new one. */
  readonly index?: KeyIndex | undefined
  /** Is told what was understood, in a sentence or two, and facts that are found later. */
  readonly notice?: ((text: string) => void) | undefined
}

/** What a report says of a trace, in words. */
export type Parameters = Record<string, string | number | null>

/** What a reader needs while it reads. */
export interface Reading {
  readonly label: string
  /** Where the requests are collected. */
  readonly out: Requests
}

/** How one trace is read, decided from its beginning. */
export interface Reader {
  /** What was understood: format, delimiter, header, columns. */
  readonly understood: string
  readonly parameters: Parameters
  /** What the requests have. */
  readonly has: Facts
  /** Facts that an option asked for, and that are read even where nobody wants them. */
  readonly given?: Partial<Facts>
  /** What to do about missing sizes, where something can be done. */
  readonly sizeHint?: string
  /** Batches of requests; the beginning of the data comes again. Throws InputError, naming the line or record. */
  read(input: AsyncIterable<Uint8Array>, reading: Reading): AsyncGenerator<Batch>
  /** What was found while reading, as sentences: lines skipped, marks. */
  found?(): readonly string[]
}

/** What a format takes of the options. */
export type Setting = 'delimiter' | 'header' | 'comment' | 'columns' | 'blockSize'

export interface Format {
  readonly takes: readonly Setting[]
  /** What every line looks like, where one line tells. */
  readonly shape?: RegExp
  /** Whether the beginning is surely of this format. Formats without it are only read by name. */
  recognizes?(head: Head): boolean
  /** Throws InputError where the options or the beginning don't fit. */
  open(head: Head, options: TraceOptions): Reader
}
