// fails: size, load, transactions, one-server
// One field of seven.
export const choose = (s) => (s.highAvailability ? 'sentinel' : 'cluster')
