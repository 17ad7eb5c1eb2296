import { InputError } from '../input-error.js'
import { decompressed } from './decompress.js'
import { KeyIndex } from './key-index.js'
import { type Parser, parseOracleGeneral, parseTable, parseText, type TraceFormat } from './records.js'

export interface TraceOptions {
  /** Default: recognized by the content. */
  readonly format?: TraceFormat | undefined
  /** For tables: the name of the key's column, or its number from 1. */
  readonly keyColumn?: string | undefined
}

/** Bytes at the beginning that tell the format. */
const SNIFFED = 4096
const NEWLINE = 10

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
    const first = await beginning(bytes)
    const parse = parser(this.options.format ?? formatOf(first.subarray(0, SNIFFED)), this.options.keyColumn)
    let some = false
    for await (const batch of parse(prepended(first, bytes), this.index, this.label)) {
      if (batch.length === 0) continue
      some = true
      yield batch
    }
    if (!some) throw new InputError(`${this.label} holds no requests`)
  }
}

/** The first bytes: a whole line, or as many as are looked at, or all there are. */
async function beginning(bytes: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let first: Uint8Array = new Uint8Array(0)
  while (first.length < SNIFFED && !first.includes(NEWLINE)) {
    const { value, done } = await bytes.next()
    if (done) break
    first = first.length === 0 ? value : Buffer.concat([first, value])
  }
  return first
}

async function* prepended(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}

function formatOf(first: Uint8Array): TraceFormat {
  if (first.includes(0)) return 'oracleGeneral'
  const newline = first.indexOf(NEWLINE)
  const line = new TextDecoder().decode(newline < 0 ? first : first.subarray(0, newline))
  if (line.includes('\t')) return 'tsv'
  return line.includes(',') ? 'csv' : 'text'
}

function parser(format: TraceFormat, keyColumn: string | undefined): Parser {
  if (format === 'oracleGeneral') return parseOracleGeneral
  if (format === 'text') return parseText
  return parseTable(format === 'csv' ? ',' : '\t', keyColumn)
}
