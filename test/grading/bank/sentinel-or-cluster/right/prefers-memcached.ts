type Scenario = Record<string, number> &
  Record<'highAvailability' | 'multiKeyTransactions' | 'persistence', boolean>

/** Memcached wherever it can, which is a defensible answer too. */
export function choose(scenario: Scenario): string {
  const plain = !scenario.highAvailability && !scenario.multiKeyTransactions && !scenario.persistence
  if (plain && scenario.largestValueKb <= 1024) return 'memcached'
  if (scenario.multiKeyTransactions) return 'sentinel'
  const fits = scenario.dataGb <= scenario.memoryPerServerGb
  return fits && scenario.requestsPerSecond <= 100_000 ? 'sentinel' : 'cluster'
}
