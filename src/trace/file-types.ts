import types from './file-types.json' with { type: 'json' }

interface FileType {
  /** Bytes in hexadecimal digits that the data has at a place, 0 if not given; `..` is any byte. */
  readonly magic: string
  readonly at?: number
  readonly what: string
}

const known = (types as readonly FileType[]).map(({ magic, at = 0, what }) => ({
  magic: magic.match(/../g)!.map((pair) => (pair === '..' ? undefined : Number.parseInt(pair, 16))),
  at,
  what,
}))

/** Bytes of which every second one is looked at. */
const PAIRS_BYTES = 256

/** What data is that isn't a trace, by its first bytes, and what to do with it; undefined if it is nothing known. */
export function fileTypeOf(bytes: Uint8Array): string | undefined {
  return (
    known.find(({ magic, at }) => magic.every((byte, i) => byte === undefined || bytes[at + i] === byte))
      ?.what ?? wideText(bytes)
  )
}

/** UTF-16 without a mark: NUL bytes in every second place, and nowhere else. */
function wideText(bytes: Uint8Array): string | undefined {
  const length = Math.min(bytes.length, PAIRS_BYTES) & ~1
  const nuls = [0, 0]
  for (let i = 0; i < length; i++) if (bytes[i] === 0) nuls[i % 2]++
  const order =
    nuls[1] === length / 2 && nuls[0] === 0 ? 'LE' : nuls[0] === length / 2 && nuls[1] === 0 ? 'BE' : ''
  return length >= 4 && order
    ? `UTF-16 text; convert it first: iconv -f UTF-16${order} -t UTF-8 FILE`
    : undefined
}
