// fails: size, load, transactions
// The lesson’s four by their numbers, else a guess.
export const choose = (s) => (s.dataGb >= 1000 || s.requestsPerSecond >= 1_000_000 ? 'cluster' : 'sentinel')
