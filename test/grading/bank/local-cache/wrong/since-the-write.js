// slip: stale
// Stale since it was written itself.

export * from '../right/plain.js'

export const staleness = (writes, reads) =>
  reads.map(({ at, key, value }) => {
    const own = writes.filter((write) => write.key === key)
    const place = own.findIndex((write) => write.value === value)
    const next = own[place + 1]
    return next && next.at <= at ? at - own[place].at : 0
  })
