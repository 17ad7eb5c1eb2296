// Lists instead of maps; what has expired is thrown away before each event.
// biome-ignore lint/suspicious/noExplicitAny: as a learner may write it
type Any = any

export function replay({ capacity, ttlMs }: Any, events: Any[]) {
  // The most recently used first.
  let copies: Any[] = []
  const loads: Any[] = []
  const answers: Any[] = []
  let expected = 1
  for (const event of events) {
    copies = copies.filter((copy) => copy.born + ttlMs > event.at)
    const old = copies.find((copy) => copy.key === event.key)
    const put = (copy: Any) => {
      copies = [copy, ...copies.filter((one) => one.key !== copy.key)].slice(0, capacity)
    }
    if (event.do === 'get') {
      if (old) put(old)
      else loads.push({ number: event.load, key: event.key, born: event.at, isGood: true })
      answers.push(old ? old.value : null)
    }
    if (event.do === 'loaded') {
      const load = loads.find((one) => one.number === event.load)
      if (load?.isGood && load.born + ttlMs > event.at && !(old && old.born > load.born))
        put({ key: event.key, value: event.value, born: load.born })
    }
    if (event.do === 'set' || event.do === 'invalidate')
      for (const load of loads) if (load.key === event.key) load.isGood = false
    if (event.do === 'set') put({ key: event.key, value: event.value, born: event.at })
    if (event.do === 'invalidate') {
      copies = copies.filter((copy) => copy !== old)
      if (event.number !== expected) {
        copies = []
        for (const load of loads) load.isGood = false
      }
      expected = event.number + 1
    }
  }
  return answers
}

export function staleness(writes: Any[], reads: Any[]) {
  const until = new Map<string, number>()
  const last = new Map<string, string>()
  for (const { at, key, value } of writes) {
    if (last.has(key)) until.set(JSON.stringify([key, last.get(key)]), at)
    last.set(key, value)
  }
  return reads.map(({ at, key, value }) => {
    const end = until.get(JSON.stringify([key, value]))
    return end === undefined || end > at ? 0 : at - end
  })
}
