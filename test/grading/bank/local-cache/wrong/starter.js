// fails: age, expiry, hits, losses, messages, races, room, set, stale, whole
// What the starter returns.

export * from '../right/plain.js'

export const replay = (_settings, events) => events.filter((event) => event.do === 'get').map(() => null)
export const staleness = () => []
