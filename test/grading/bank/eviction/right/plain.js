/** A cache in the order of last use, with counts; `pick` says which key leaves. */
export function run(capacity, requests, pick) {
  const order = []
  const counts = Object.create(null)
  return requests.map((key) => {
    const hit = key in counts
    let evicted = null
    if (hit) order.splice(order.indexOf(key), 1)
    else if (order.length === capacity) {
      evicted = pick(order, counts)
      order.splice(order.indexOf(evicted), 1)
      delete counts[evicted]
    }
    order.push(key)
    counts[key] = (counts[key] ?? 0) + 1
    return { hit, evicted }
  })
}

export const picks = {
  lru: (order) => order[0],
  lfu: (order, counts) => order.reduce((least, key) => (counts[key] < counts[least] ? key : least)),
  random: (order) => order[Math.floor(Math.random() * order.length)],
}

export const simulate = (policy, capacity, requests) => run(capacity, requests, picks[policy])

export const weights = (keyCount, exponent) =>
  Array.from({ length: keyCount }, (_, k) => 1 / (k + 1) ** exponent)
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

// In small steps rather than by bisection.
export function exponentFor(keyCount) {
  let exponent = 0
  const share = () => {
    const all = weights(keyCount, exponent)
    return sum(all.slice(0, keyCount / 5)) / sum(all)
  }
  for (const step of [0.5, 0.1, 0.01, 0.001]) {
    while (share() < 0.8) exponent += step
    if (step > 0.001) exponent -= step
  }
  return exponent
}

export function zipf(keyCount, exponent, count) {
  let total = 0
  const ends = weights(keyCount, exponent).map((weight) => {
    total += weight
    return total
  })
  return Array.from({ length: count }, () => {
    const drawn = Math.random() * total
    let [low, high] = [0, keyCount - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (ends[middle] > drawn) high = middle
      else low = middle + 1
    }
    return low
  })
}

/** A comparison of what some `simulate` does. */
export const compareBy = (simulate) => (capacity, requests) => {
  const ratio = (policy) =>
    simulate(policy, capacity, requests).filter(({ hit }) => hit).length / requests.length
  return Object.fromEntries(['lru', 'lfu', 'random'].map((policy) => [policy, ratio(policy)]))
}

export const compare = compareBy(simulate)
