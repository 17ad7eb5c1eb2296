import { InputError } from '../input-error.js'
import type { Batch } from './batch.js'
import { decompressed } from './decompress.js'
import { readerOf } from './detect.js'
import type { Parameters, Reader, TraceOptions } from './format.js'
import { HEAD_BYTES, Head } from './head.js'
import { KeyIndex } from './key-index.js'
import { Requests } from './requests.js'
import { NEWLINE } from './text/bytes.js'
import { MAX_LINE } from './text/rows.js'

export type { TraceOptions } from './format.js'

/**
 * Requests from a file or a pipe, as dense numbers of their keys in the order of first appearance. Memory grows with
 * different keys only.
 */
export class Trace {
  /** `index.size` is the number of different keys. */
  readonly index: KeyIndex
  /** What a report says of the trace, from the first batch on. */
  parameters: Parameters = {}
  /** Whether the requests have sizes, from the first batch on. */
  hasSizes = false
  private out: Requests | undefined

  constructor(
    readonly label: string,
    private readonly input: AsyncIterable<Uint8Array>,
    private readonly options: TraceOptions = {},
  ) {
    this.index = options.index ?? new KeyIndex()
  }

  /** Says something about the trace to whoever wants to know. */
  notice(text: string): void {
    this.options.notice?.(`${this.label}: ${text}`)
  }

  /** Requests left out because their key is not in the index's sample. */
  get unsampled(): number {
    return this.out?.unsampled ?? 0
  }

  /**
   * The requests, a batch at a time; sizes and times if they are wanted or an option names their column, and times also
   * where there are TTLs. Throws InputError, naming the line or record, at what can't be read, and for sizes that the trace doesn't have.
   */
  async *batches(wanted: { sizes?: boolean; times?: boolean } = {}): AsyncGenerator<Batch> {
    const bytes = decompressed(this.input, this.label)
    try {
      yield* this.read(bytes, wanted)
    } finally {
      await bytes.return(undefined)
    }
  }

  private async *read(
    bytes: AsyncGenerator<Uint8Array>,
    wanted: { sizes?: boolean; times?: boolean },
  ): AsyncGenerator<Batch> {
    const { label, options } = this
    const head = await beginning(bytes, label, options.comment)
    const reader = readerOf(head.head, options)
    const { has, given = {} } = reader
    if (wanted.sizes && !has.sizes) throw new InputError(noSizes(label, reader))
    this.hasSizes = has.sizes
    this.out = new Requests(this.index, {
      sizes: has.sizes && (wanted.sizes === true || given.sizes === true),
      times: has.times && (wanted.times === true || given.times === true || has.ttls),
      ttls: has.ttls,
      operations: has.operations,
    })
    const notice = new Notice(reader, this.out, options, label)
    this.parameters = { ...reader.parameters, ...notice.unusedParameters() }
    notice.understood(head.head)
    let requests = 0
    for await (const batch of reader.read(prepended(head.chunks, bytes), { label, out: this.out })) {
      requests += batch.keys.length
      yield batch
    }
    if (requests + this.unsampled === 0)
      throw new InputError(`${label} holds no requests${nothing(head.head, reader, options)}`)
    notice.found()
  }
}

/** What is said on what was understood, and on what was found. */
class Notice {
  constructor(
    private readonly reader: Reader,
    private readonly out: Requests,
    private readonly options: TraceOptions,
    private readonly label: string,
  ) {}

  understood(head: Head): void {
    const unused = Object.keys(this.unusedParameters()).join(' and ')
    const hashes = head.hasHashes(this.reader.parameters.header === 'yes' ? 1 : 0) && !head.bytes.includes(0)
    this.say(
      `${this.reader.understood}${unused ? `; its ${unused} are not used` : ''}${hashes ? "; lines that begin with # are read like the others, --comment '#' skips them" : ''}`,
    )
  }

  found(): void {
    for (const text of this.reader.found?.() ?? []) this.say(text)
  }

  /** Sizes and times that the trace has and nobody wants. */
  unusedParameters(): Parameters {
    const { has } = this.reader
    const { facts } = this.out
    return {
      ...(has.sizes && !facts.sizes ? { sizes: 'not used' } : {}),
      ...(has.times && !facts.times ? { times: 'not used' } : {}),
    }
  }

  private say(text: string): void {
    this.options.notice?.(`${this.label}: ${text}`)
  }
}

function noSizes(label: string, { sizeHint, parameters }: Reader): string {
  const hint = sizeHint ?? `${parameters.traceFormat} has none`
  return `${label}: a capacity in bytes needs sizes; ${hint}`
}

/** What there is instead of requests. */
function nothing(head: Head, { found, parameters }: Reader, { countColumn }: TraceOptions): string {
  const what = found?.() ?? []
  if (what.length > 0) return `: ${what.join(', ')}`
  if (parameters.header === 'yes' && head.lines.length === 1) return ', only a header'
  return countColumn !== undefined && head.lines.length > 0 ? ': all its counts are 0' : ''
}

/** The first bytes, as many as tell the format and a whole line, or all there are; and the same as they came. */
async function beginning(bytes: AsyncGenerator<Uint8Array>, label: string, comment: string | undefined) {
  const chunks: Uint8Array[] = []
  let length = 0
  let lineEnd = 0
  let isWhole = false
  while (!isWhole && (length < HEAD_BYTES || (lineEnd === 0 && length <= MAX_LINE))) {
    const { value, done } = await bytes.next()
    isWhole = done === true
    if (value) {
      if (lineEnd === 0) lineEnd = value.includes(NEWLINE) ? length + value.indexOf(NEWLINE) + 1 : 0
      chunks.push(value)
      length += value.length
    }
  }
  const size = Math.max(HEAD_BYTES, lineEnd || length)
  const all = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)
  return {
    head: new Head(label, all.subarray(0, size), isWhole && length <= size, comment),
    chunks,
  }
}

async function* prepended(
  first: readonly Uint8Array[],
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* first
  yield* rest
}
