// Loads are never thrown away: each key has a time before which nothing is kept, and so have all.
export { staleness } from './plain.js'

export function replay(settings, events) {
  const copies = new Map()
  const begun = {}
  const changed = new Map()
  let [clock, all, last, used] = [0, 0, 0, 0]
  const isFresh = (copy, at) => copy !== undefined && at - copy.since < settings.ttlMs
  const store = (key, copy) => {
    if (!copies.has(key) && copies.size === settings.capacity) {
      const [first] = [...copies].sort(([, a], [, b]) => a.used - b.used)
      copies.delete(first[0])
    }
    copies.set(key, { ...copy, used: ++used })
  }
  const answers = []
  for (const event of events) {
    const { at, key } = event
    clock++
    const copy = copies.get(key)
    if (event.do === 'get') {
      if (isFresh(copy, at)) copy.used = ++used
      else {
        copies.delete(key)
        begun[event.load] = { at, clock }
      }
      answers.push(copies.get(key)?.value ?? null)
    } else if (event.do === 'loaded') {
      const load = begun[event.load]
      const isOvertaken = load.clock < all || load.clock < (changed.get(key) ?? 0)
      const older = copy !== undefined && copy.since >= load.at
      if (!isOvertaken && !older && isFresh({ since: load.at }, at))
        store(key, { value: event.value, since: load.at })
    } else {
      changed.set(key, clock)
      if (event.do === 'set') store(key, { value: event.value, since: at })
      else copies.delete(key)
      if (event.number !== undefined && event.number - last !== 1) {
        all = clock
        copies.clear()
      }
      last = event.number ?? last
    }
  }
  return answers
}
