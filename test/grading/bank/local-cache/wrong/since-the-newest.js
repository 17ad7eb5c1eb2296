// slip: stale
// Stale since the newest write.

export * from '../right/plain.js'

export const staleness = (writes, reads) =>
  reads.map(({ at, key, value }) => {
    const newest = writes.filter((write) => write.key === key && write.at <= at).at(-1)
    return newest.value === value ? 0 : at - newest.at
  })
