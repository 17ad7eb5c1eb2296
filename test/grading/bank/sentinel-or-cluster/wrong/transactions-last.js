// slip: transactions
// Size and load decide before transactions.
export function choose(s) {
  if (s.dataGb > s.memoryPerServerGb || s.requestsPerSecond > 100_000) return 'cluster'
  return s.multiKeyTransactions || s.persistence || s.highAvailability || s.largestValueKb > 1024
    ? 'sentinel'
    : 'memcached'
}
