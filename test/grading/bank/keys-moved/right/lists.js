// With lists of remainders instead of a formula, and its own way from bytes to a number.
import { createHash } from 'node:crypto'

const remainders = (servers, hashes) => Array.from({ length: hashes }, (_, i) => i % servers)

function commonMultiple(a, b) {
  for (let multiple = a; ; multiple += a) if (multiple % b === 0) return multiple
}

export default {
  movedByModulo(before, after) {
    const hashes = commonMultiple(before, after)
    const now = remainders(after, hashes)
    return remainders(before, hashes).filter((server, i) => server !== now[i]).length / hashes
  },
  movedByRing(before, after) {
    if (before === after) return 0
    return before < after ? 1 - before / after : 1 - after / before
  },
  countMoved(keys, before, after) {
    const positions = keys.map((key) =>
      [...createHash('md5').update(Buffer.from(key)).digest().subarray(-4)].reduce(
        (sum, byte) => sum * 256 + byte,
        0,
      ),
    )
    return positions.reduce((sum, position) => sum + (position % before === position % after ? 0 : 1), 0)
  },
}
