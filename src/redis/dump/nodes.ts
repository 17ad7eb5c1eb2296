import type { QuickList } from '../values/quick-list.js'
import { EMPTY_LISTPACK, packedSize } from './listpack.js'

/** Bytes of a node for `list-max-listpack-size` from -1 to -5. */
const MAX_BYTES = [4096, 8192, 16384, 32768, 65536]
/** Bytes of a node whose limit is a number of items. */
const SAFE_BYTES = 8192
/** Bytes that Redis reckons beside those of a new item. */
const ITEM = 8
const MAX_FILL = 32767

/** A listpack of a quicklist. */
export interface Node {
  readonly items: string[]
  bytes: number
}

/** `list-max-listpack-size` as a quicklist keeps it. */
export const fillOf = (setting: number) => Math.max(-MAX_BYTES.length, Math.min(setting, MAX_FILL))

/**
 * The nodes of a list, from the head, as RPUSH fills them under a `list-max-listpack-size`. The nodes of a real list
 * depend on its history, too: LPUSH fills them from the tail, LINSERT splits them, LREM and LPOP leave them shorter, RESTORE
 * takes those of the dump, SORT … STORE ignores the setting, and a list keeps the one under which it was made.
 */
export function nodesOf(list: QuickList, setting: number): Node[] {
  const fill = fillOf(setting)
  const [maxBytes, maxItems] =
    fill < 0 ? [MAX_BYTES[-fill - 1], Number.POSITIVE_INFINITY] : [SAFE_BYTES, Math.max(fill, 1)]
  const nodes: Node[] = []
  let node: Node | undefined
  for (const item of list.items()) {
    if (!node || node.items.length >= maxItems || node.bytes + item.length + ITEM > maxBytes) {
      node = { items: [], bytes: EMPTY_LISTPACK }
      nodes.push(node)
    }
    node.items.push(item)
    node.bytes += packedSize(item)
  }
  return nodes
}
