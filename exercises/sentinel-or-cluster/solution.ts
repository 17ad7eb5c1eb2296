interface Scenario {
  dataGb: number
  memoryPerServerGb: number
  highAvailability: boolean
  multiKeyTransactions: boolean
  requestsPerSecond: number
  persistence: boolean
  largestValueKb: number
}

export function choose(scenario: Scenario): 'sentinel' | 'cluster' | 'memcached' {
  // Only one primary runs transactions over any keys; it may need a larger server.
  if (scenario.multiKeyTransactions) return 'sentinel'
  const fitsOneServer = scenario.dataGb <= scenario.memoryPerServerGb && scenario.requestsPerSecond <= 100_000
  return fitsOneServer ? 'sentinel' : 'cluster'
}
