import type { CacheEntry } from '../cache-cluster/protocol.js'

/** An entry as the text that a server stores. */
export const textOf = ({ version, deleted }: CacheEntry): string => `${version}${deleted ? ' deleted' : ''}`

export function entryIn(text: string | undefined): CacheEntry | undefined {
  if (text === undefined) return undefined
  const [version, mark] = text.split(' ')
  return { version: Number(version), deleted: mark === 'deleted', expires: Infinity }
}
