// slip: stale
// A write that is still to come gives negative times.

export * from '../right/plain.js'

export const staleness = (writes, reads) =>
  reads.map(({ at, key, value }) => {
    const own = writes.filter((write) => write.key === key)
    const next = own[own.findIndex((write) => write.value === value) + 1]
    return next ? at - next.at : 0
  })
