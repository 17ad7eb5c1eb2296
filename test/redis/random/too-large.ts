/** Beyond these a reply or a string takes up memory without need. */
const MAX_DRAWN = 200
const MAX_OFFSET = 5000
const ALL = 100_000
/** Times that may pass during a run. */
const SOON = 1_000_000
const MAX_PACKED = 64

const isBetween = (text: string | undefined, least: number, most: number) =>
  text !== undefined &&
  /^#?-?\d+$/.test(text) &&
  Number(text.replace('#', '')) > least &&
  Number(text.replace('#', '')) < most

/**
 * Whether a command must not be sent: it fills the memory of the real server (a count near −2⁶³ of items drawn with
 * repetition, an offset of half a gigabyte), or it changes a key by chance or soon, and so otherwise in each server.
 */
export function isTooLarge(words: readonly string[]): boolean {
  const name = words[0].toLowerCase()
  const wraps = -(2 ** 63) - 1
  if (/rand(member|field)$/.test(name))
    return isBetween(words[2], wraps, -MAX_DRAWN) && words[2] !== String(-(2n ** 63n))
  if (name === 'setrange') return isBetween(words[2], MAX_OFFSET, 2 ** 29)
  if (name === 'setbit') return isBetween(words[2], MAX_OFFSET, 2 ** 32)
  if (name === 'bitfield')
    return words.some((word, i) => /^[iu]\d/i.test(word) && isBetween(words[i + 1], MAX_OFFSET, 2 ** 32))
  // The position behind so many keys overflows in the real server, which crashes.
  if (/^b?[lz]mpop$/.test(name)) return words.some((word) => isBetween(word, 2 ** 62, 2 ** 64))
  // Sorted sets for ranges of names stay small.
  if (/^z[89]$/.test(words[1] ?? '')) return words.some((word) => word.length > MAX_PACKED)
  if (/^p?(setex|expire)$/.test(name)) return isBetween(words[2], 0, SOON)
  if (/^(set|getex)$/.test(name))
    return words.some((word, i) => /^[ep]x$/i.test(word) && isBetween(words[i + 1], 0, SOON))
  // Items without a weight are stored in the order of a hash table.
  if (name === 'sort')
    return ['BY', 'ALPHA', 'STORE'].every((word) => words.some((own) => own.toUpperCase() === word))
  // Lua in WebAssembly takes these for numbers.
  if (name.startsWith('eval')) return /(^|\W)0x(?![\da-f])/i.test(words[1] ?? '')
  // A client has another ID in each server.
  if (name === 'client') return words.some((word) => isBetween(word, 0, ALL))
  if (name === 'spop') return words.length === 2 || isBetween(words[2], 0, ALL)
  return false
}
