import type { KeyIndex } from './key-index.js'

/** The names of all keys by their number. O(keys). */
export function keyNames(index: Pick<KeyIndex, 'each'>): string[] {
  const names: string[] = []
  index.each((number, bytes, start, end) => {
    const key = Buffer.from(bytes.subarray(start, end))
    // Records hold keys as binary numbers.
    names[number] = key.some((byte) => byte < 32) ? `0x${key.toString('hex')}` : key.toString()
  })
  return names
}
