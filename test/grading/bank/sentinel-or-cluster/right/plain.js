export function choose({ dataGb, memoryPerServerGb, multiKeyTransactions, requestsPerSecond }) {
  if (multiKeyTransactions) return 'sentinel'
  return dataGb > memoryPerServerGb || requestsPerSecond > 100_000 ? 'cluster' : 'sentinel'
}
