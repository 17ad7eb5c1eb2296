/**
 * A map whose entries also have positions, so that a random draw or a step of a scan is O(1). Removal moves the last
 * entry to the removed position in O(1), or keeps the order in O(size).
 */
export class IndexedMap<V> {
  private readonly places = new Map<string, number>()
  readonly keys: string[] = []
  readonly values: V[] = []

  get size(): number {
    return this.keys.length
  }

  has(key: string): boolean {
    return this.places.has(key)
  }

  get(key: string): V | undefined {
    const place = this.places.get(key)
    return place === undefined ? undefined : this.values[place]
  }

  /** Sets a value; true if the key is new. */
  set(key: string, value: V): boolean {
    const place = this.places.get(key)
    if (place !== undefined) {
      this.values[place] = value
      return false
    }
    this.places.set(key, this.keys.length)
    this.keys.push(key)
    this.values.push(value)
    return true
  }

  delete(key: string, keepingOrder = false): boolean {
    const place = this.places.get(key)
    if (place === undefined) return false
    this.places.delete(key)
    if (keepingOrder) {
      this.keys.splice(place, 1)
      this.values.splice(place, 1)
      for (let i = place; i < this.keys.length; i++) this.places.set(this.keys[i], i)
      return true
    }
    const lastKey = this.keys.pop()!
    const lastValue = this.values.pop()!
    if (lastKey !== key) {
      this.keys[place] = lastKey
      this.values[place] = lastValue
      this.places.set(lastKey, place)
    }
    return true
  }
}

/** No scan returns a larger cursor: there is nothing behind it. */
const MAX_CURSOR = 2 ** 32

/**
 * One step of a scan over positions: the places to visit and the cursor to go on with, 0 at the end. It goes down from
 * the end: what a removal moves comes from behind, where the scan has been, or goes ahead of it, so that nothing which
 * is there all the time is missed; some things may be seen twice.
 */
export function scanStep(size: number, cursor: number, count: number): { from: number; to: number } {
  if (cursor > MAX_CURSOR) return { from: 0, to: 0 }
  const from = cursor === 0 ? size : Math.min(cursor, size)
  return { from, to: Math.max(0, from - count) }
}
