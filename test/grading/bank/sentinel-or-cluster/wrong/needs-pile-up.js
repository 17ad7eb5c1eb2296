// fails: size, load
// What one scenario needed is needed ever after.
const needs = new Set()

export function choose(s) {
  if (s.multiKeyTransactions) needs.add('transactions')
  if (s.dataGb > s.memoryPerServerGb || s.requestsPerSecond > 100_000) needs.add('shards')
  if (needs.has('transactions')) return 'sentinel'
  return needs.has('shards') ? 'cluster' : 'sentinel'
}
