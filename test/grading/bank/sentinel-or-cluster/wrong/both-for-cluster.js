// fails: size, load
// Cluster only for what is both large and busy.
export function choose(s) {
  if (s.multiKeyTransactions) return 'sentinel'
  const plain = !s.persistence && !s.highAvailability && s.largestValueKb <= 1024
  if (plain) return 'memcached'
  return s.dataGb > s.memoryPerServerGb && s.requestsPerSecond > 100_000 ? 'cluster' : 'sentinel'
}
