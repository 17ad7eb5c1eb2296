// fails: compare, exponent, keys, lfu, lfu-anew, lfu-ties, lru, random, room, zipf
// Lists in lists, texts and null.
export const simulate = (policy, capacity, requests) => requests.map(() => [[null, 'hit', { hit: 'true' }]])
export const exponentFor = () => '1.024'
export const zipf = (keyCount, exponent, count) =>
  Array.from({ length: count }, (_, i) => (i % 2 ? '0' : null))
export const compare = () => ({ lru: '0.5', lfu: [0.5], random: null })
