import { Trace, type TraceOptions } from '../../src/trace/trace.js'

export const bytesOf = (value: string) => new TextEncoder().encode(value)

export async function* pieces(bytes: Uint8Array, size: number) {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}

/** All that a trace gives, in one batch, and what it said. */
export interface All {
  readonly trace: Trace
  readonly keys: number[]
  readonly sizes: number[] | undefined
  readonly times: number[] | undefined
  readonly ttls: number[] | undefined
  readonly operations: number[] | undefined
  readonly notices: string[]
}

/** Reads data, sizes and times too if they are wanted, in pieces of a size. */
export async function readAll(
  data: Uint8Array | string,
  options: TraceOptions = {},
  wanted: { sizes?: boolean; times?: boolean } = {},
  size = 1 << 16,
): Promise<All> {
  const notices: string[] = []
  const bytes = typeof data === 'string' ? bytesOf(data) : data
  const trace = new Trace('trace', pieces(bytes, size), { ...options, notice: (text) => notices.push(text) })
  const all: Record<'keys' | 'sizes' | 'times' | 'ttls' | 'operations', number[] | undefined> = {
    keys: [],
    sizes: undefined,
    times: undefined,
    ttls: undefined,
    operations: undefined,
  }
  for await (const batch of trace.batches(wanted))
    for (const name of Object.keys(all) as (keyof typeof all)[]) {
      const part = batch[name]
      if (part) all[name] = [...(all[name] ?? []), ...part]
    }
  return { ...all, keys: all.keys!, trace, notices }
}
