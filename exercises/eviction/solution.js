export function simulate(policy, capacity, requests) {
  const inside = new Map()
  return requests.map((key, now) => {
    const use = inside.get(key)
    if (use) {
      use.count++
      use.last = now
      return { hit: true, evicted: null }
    }
    const evicted = inside.size === capacity ? victim(policy, inside) : null
    if (evicted !== null) inside.delete(evicted)
    inside.set(key, { count: 1, last: now })
    return { hit: false, evicted }
  })
}

function victim(policy, inside) {
  const keys = [...inside.keys()]
  if (policy === 'random') return keys[Math.floor(Math.random() * keys.length)]
  const isBefore = (a, b) => (policy === 'lfu' && a.count !== b.count ? a.count < b.count : a.last < b.last)
  return keys.reduce((first, key) => (isBefore(inside.get(key), inside.get(first)) ? key : first))
}

/** The weights of Zipf's law, added up. */
function runningSums(keyCount, exponent) {
  let sum = 0
  return Array.from({ length: keyCount }, (_, k) => {
    sum += (k + 1) ** -exponent
    return sum
  })
}

export function exponentFor(keyCount) {
  let low = 0
  let high = 8
  for (let step = 0; step < 40; step++) {
    const exponent = (low + high) / 2
    const sums = runningSums(keyCount, exponent)
    if (sums[keyCount / 5 - 1] / sums[keyCount - 1] < 0.8) low = exponent
    else high = exponent
  }
  return high
}

export function zipf(keyCount, exponent, count) {
  const sums = runningSums(keyCount, exponent)
  return Array.from({ length: count }, () => {
    const drawn = Math.random() * sums[keyCount - 1]
    let low = 0
    let high = keyCount - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle] > drawn) high = middle
      else low = middle + 1
    }
    return low
  })
}

export function compare(capacity, requests) {
  const ratio = (policy) => {
    const steps = simulate(policy, capacity, requests)
    return steps.filter(({ hit }) => hit).length / requests.length
  }
  return { lru: ratio('lru'), lfu: ratio('lfu'), random: ratio('random') }
}
