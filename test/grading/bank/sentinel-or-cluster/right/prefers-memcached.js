/** Memcached wherever it can, which is a defensible answer too. */
export function choose(scenario) {
  const plain = !scenario.highAvailability && !scenario.multiKeyTransactions && !scenario.persistence
  if (plain && scenario.largestValueKb <= 1024) return 'memcached'
  if (scenario.multiKeyTransactions) return 'sentinel'
  const fits = scenario.dataGb <= scenario.memoryPerServerGb
  return fits && scenario.requestsPerSecond <= 100_000 ? 'sentinel' : 'cluster'
}
