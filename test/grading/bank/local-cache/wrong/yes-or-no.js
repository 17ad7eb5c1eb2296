// slip: stale
// Says whether it is stale, not for how long.

export * from '../right/plain.js'

export const staleness = (writes, reads) =>
  reads.map(({ at, key, value }) => {
    const newest = writes.filter((write) => write.key === key && write.at <= at).at(-1)
    return newest.value !== value
  })
