import { KeyLists } from './key-lists.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { Weights } from './weights.js'

const T1 = 1
const T2 = 2
const B1 = 3
const B2 = 4

/**
 * Adaptive replacement cache: one LRU list for keys seen once (T1), one for keys seen more often (T2), and
 * ghosts of what either dropped (B1, B2). A hit on a ghost of T1 raises the target
 * size of T1, a hit on a ghost of T2 lowers it. O(1); four and a half bytes a key and twenty-four a slot.
 *
 * Megiddo and Modha, "ARC: A Self-Tuning, Low Overhead Replacement Cache", FAST 2003, figure 4.
 */
export class Arc implements EvictionPolicy {
  private readonly weights: Weights
  private readonly lists: KeyLists
  /** The paper's p: the target size of T1. */
  private target = 0

  constructor(
    readonly capacity: number,
    keyCount: number,
    sized = false,
  ) {
    this.weights = new Weights(keyCount, sized)
    this.lists = new KeyLists(keyCount, B2, 2 * capacity, this.weights)
  }

  access(key: number, size = 1): boolean {
    const { lists } = this
    const list = lists.listOf(key)
    if (list === T2) {
      lists.touch(T2, key)
      return true
    }
    if (list === T1) {
      lists.move(T1, T2, key)
      return true
    }
    if (list !== 0) {
      this.adapt(list, size)
      lists.remove(key)
    }
    this.makeRoom(list, size)
    this.weights.set(key, size)
    lists.pushFront(list === 0 ? T1 : T2, key)
    return false
  }

  /** A hit on a ghost moves the target by the ratio of the ghosts, at least by the key's own size. */
  private adapt(list: number, size: number): void {
    const { sizes } = this.lists
    if (list === B1)
      this.target = Math.min(this.capacity, this.target + size * Math.max(1, sizes[B2] / sizes[B1]))
    else this.target = Math.max(0, this.target - size * Math.max(1, sizes[B1] / sizes[B2]))
  }

  /** T1 and its ghosts stay within the capacity, all four lists within twice as much. */
  private makeRoom(list: number, size: number): void {
    const { lists, capacity } = this
    const { sizes } = lists
    if (list === 0) {
      while (sizes[B1] > 0 && sizes[T1] + sizes[B1] + size > capacity) lists.removeBack(B1)
      while (sizes[T1] + size > capacity) lists.removeBack(T1)
    }
    while (sizes[T1] + sizes[T2] + size > capacity) this.replace(list === B2)
    while (sizes[B2] > 0 && sizes[T1] + sizes[T2] + sizes[B1] + sizes[B2] + size > 2 * capacity)
      lists.removeBack(B2)
  }

  /** Drops the last key of T1 or T2, whichever is over its target, and remembers it. */
  private replace(wantedFromB2: boolean): void {
    const { lists, target } = this
    const { sizes } = lists
    const fromT1 = sizes[T1] > target || (wantedFromB2 && sizes[T1] === target)
    if (sizes[T2] === 0 || (sizes[T1] > 0 && fromT1)) lists.moveBack(T1, B1)
    else lists.moveBack(T2, B2)
  }

  get used(): number {
    return this.lists.sizes[T1] + this.lists.sizes[T2]
  }

  remove(key: number): void {
    this.lists.remove(key)
  }

  has(key: number): boolean {
    const list = this.lists.listOf(key)
    return list === T1 || list === T2
  }

  queues(): Queue[] {
    const { lists } = this
    return [
      { name: `T1 (target ${Number(this.target.toFixed(1))})`, entries: lists.entries(T1) },
      { name: 'T2', entries: lists.entries(T2) },
      { name: 'B1', ghost: true, entries: lists.entries(B1) },
      { name: 'B2', ghost: true, entries: lists.entries(B2) },
    ]
  }
}
