// slip: stale
// The next write of any key makes it stale.

export * from '../right/plain.js'

export const staleness = (writes, reads) =>
  reads.map(({ at, key, value }) => {
    const next = writes[writes.findIndex((write) => write.key === key && write.value === value) + 1]
    return next ? Math.max(0, at - next.at) : 0
  })
