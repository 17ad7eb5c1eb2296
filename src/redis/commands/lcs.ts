import { RedisError, type Reply, Typed } from '../reply.js'
import type { Bytes } from '../values/bytes.js'

interface LcsOptions {
  readonly length: boolean
  readonly places: boolean
  readonly least: number
  readonly lengths: boolean
}

/**
 * The longest common subsequence of two texts: itself, its length, or where its pieces are, the last first. O(a × b)
 * time and memory (Wagner and Fischer, JACM 21(1), 1974), which has to fit `mostBytes`; ties are resolved as Redis does.
 */
export function longestCommon(
  first: string | Bytes,
  second: string | Bytes,
  { length, places, least, lengths }: LcsOptions,
  mostBytes: number,
): Reply {
  const cells = (first.length + 1) * (second.length + 1)
  if (cells * Uint32Array.BYTES_PER_ELEMENT > mostBytes)
    throw new RedisError('ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len')
  const [a, b] = [first.toString(), second.toString()]
  const width = b.length + 1
  const table = lengthsOf(a, b)
  const total = table[table.length - 1]
  if (length) return total
  const signs: string[] = []
  const pieces: Reply[] = []
  let piece: { a: number; b: number; length: number } | undefined
  const close = () => {
    if (!piece || piece.length < least) return
    const ends = [piece.a + piece.length - 1, piece.b + piece.length - 1]
    pieces.push([[piece.a, ends[0]], [piece.b, ends[1]], ...(lengths ? [piece.length] : [])])
  }
  for (let i = a.length, j = b.length; i > 0 && j > 0; ) {
    if (a[i - 1] === b[j - 1]) {
      i--
      j--
      signs.push(a[i])
      if (piece && piece.a === i + 1 && piece.b === j + 1) piece = { a: i, b: j, length: piece.length + 1 }
      else {
        close()
        piece = { a: i, b: j, length: 1 }
      }
    } else if (table[(i - 1) * width + j] > table[i * width + j - 1]) i--
    else j--
  }
  close()
  return places ? new Typed('map', ['matches', pieces, 'len', total]) : signs.reverse().join('')
}

/** For each pair of prefixes, the length of their longest common subsequence. */
function lengthsOf(a: string, b: string): Uint32Array {
  const width = b.length + 1
  const table = new Uint32Array((a.length + 1) * width)
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const at = i * width + j
      table[at] =
        a[i - 1] === b[j - 1] ? table[at - width - 1] + 1 : Math.max(table[at - width], table[at - 1])
    }
  }
  return table
}
