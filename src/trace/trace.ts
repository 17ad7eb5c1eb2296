import { InputError } from '../input-error.js'
import { decompressed } from './decompress.js'
import { KeyIndex } from './key-index.js'
import { type Parser, parseOracleGeneral, parseTable, parseText, type TraceFormat } from './records.js'

export interface TraceOptions {
  /** Found out from the content where it isn't given. */
  readonly format?: TraceFormat | undefined
  /** For tables: the name of the key's column, or its number from 1. */
  readonly keyColumn?: string | undefined
}

/** Bytes at the beginning that tell the format. */
const SNIFFED = 4096

/**
 * Requests from a file or a pipe, as dense numbers of their keys in the order of first appearance. Text, CSV,
 * TSV or oracleGeneral, each also compressed with gzip or zstd. Memory grows with different keys only.
 */
export class Trace {
  readonly index = new KeyIndex()

  constructor(
    readonly label: string,
    private readonly input: AsyncIterable<Uint8Array>,
    private readonly options: TraceOptions = {},
  ) {}

  /** The requests, a batch at a time. Throws InputError, naming the line or record, at what can't be read. */
  async *batches(): AsyncGenerator<Uint32Array> {
    const bytes = decompressed(this.input, this.label)
    const { value, done } = await bytes.next()
    if (done || value === undefined) throw new InputError(`${this.label} holds no requests`)
    const format = this.options.format ?? formatOf(value.subarray(0, SNIFFED))
    let some = false
    for await (const batch of parser(format, this.options.keyColumn)(
      prepended(value, bytes),
      this.index,
      this.label,
    )) {
      if (batch.length === 0) continue
      some = true
      yield batch
    }
    if (!some) throw new InputError(`${this.label} holds no requests`)
  }
}

async function* prepended(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}

function formatOf(beginning: Uint8Array): TraceFormat {
  if (beginning.includes(0)) return 'oracleGeneral'
  const newline = beginning.indexOf(10)
  const line = new TextDecoder().decode(newline < 0 ? beginning : beginning.subarray(0, newline))
  if (line.includes('\t')) return 'tsv'
  return line.includes(',') ? 'csv' : 'text'
}

function parser(format: TraceFormat, keyColumn: string | undefined): Parser {
  if (format === 'oracleGeneral') return parseOracleGeneral
  if (format === 'text') return parseText
  return parseTable(format === 'csv' ? ',' : '\t', keyColumn)
}
