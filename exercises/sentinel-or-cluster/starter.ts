interface Scenario {
  dataGb: number
  memoryPerServerGb: number
  highAvailability: boolean
  multiKeyTransactions: boolean
  requestsPerSecond: number
  persistence: boolean
  largestValueKb: number
}

/** Picks what meets a scenario. */
export function choose(scenario: Scenario): 'sentinel' | 'cluster' | 'memcached' {
  return 'memcached'
}
