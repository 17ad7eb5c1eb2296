/** Generators; a generator of random numbers that is seeded once, when the file is loaded; typed arrays. */
let state = (Date.now() ^ 0x9e3779b9) >>> 0
function next() {
  state = (state + 0x6d2b79f5) >>> 0
  let mixed = Math.imul(state ^ (state >>> 15), state | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

function* steps(policy, capacity, requests) {
  let inside = []
  for (const key of requests) {
    const entry = inside.find((one) => one.key === key)
    let gone = null
    if (!entry && inside.length === capacity) {
      if (policy === 'random') gone = inside[(next() * capacity) | 0]
      else if (policy === 'lru') gone = inside[0]
      else gone = inside.toSorted((a, b) => a.count - b.count)[0]
    }
    inside = inside.filter((one) => one !== entry && one !== gone)
    inside.push({ key, count: (entry?.count ?? 0) + 1 })
    yield gone ? { hit: false, evicted: gone.key } : { hit: entry !== undefined }
  }
}

export const simulate = (...given) => Array.from(steps(...given))

function* powers(keyCount, exponent) {
  for (let rank = 1; rank <= keyCount; rank++) yield rank ** -exponent
}

const total = (numbers) => [...numbers].reduce((sum, one) => sum + one, 0)

export function exponentFor(keyCount, low = 0, high = 6) {
  const middle = (low + high) / 2
  if (high - low < 1e-7) return middle
  const share = total(powers(keyCount / 5, middle)) / total(powers(keyCount, middle))
  return share < 0.8 ? exponentFor(keyCount, middle, high) : exponentFor(keyCount, low, middle)
}

/** Walker's alias method. */
export function zipf(keyCount, exponent, count) {
  const weights = Float64Array.from(powers(keyCount, exponent))
  const mean = total(weights) / keyCount
  const stay = weights.map((weight) => weight / mean)
  const other = new Uint16Array(keyCount)
  const poor = []
  const rich = []
  for (let key = 0; key < keyCount; key++) (stay[key] < 1 ? poor : rich).push(key)
  while (poor.length > 0 && rich.length > 0) {
    const [low, high] = [poor.pop(), rich.at(-1)]
    other[low] = high
    stay[high] -= 1 - stay[low]
    if (stay[high] < 1) poor.push(rich.pop())
  }
  for (const key of [...poor, ...rich]) stay[key] = 1
  return Uint16Array.from({ length: count }, () => {
    const key = (next() * keyCount) | 0
    return next() < stay[key] ? key : other[key]
  })
}

export function compare(capacity, requests) {
  const answer = { requests: requests.length }
  for (const policy of ['lru', 'lfu', 'random']) {
    let hits = 0
    for (const { hit } of steps(policy, capacity, requests)) hits += hit
    answer[policy] = hits / requests.length
  }
  return answer
}
