export function choose(scenario) {
  // Only one primary runs transactions over any keys; it may need a larger server.
  if (scenario.multiKeyTransactions) return 'sentinel'
  const fitsOneServer = scenario.dataGb <= scenario.memoryPerServerGb && scenario.requestsPerSecond <= 100_000
  return fitsOneServer ? 'sentinel' : 'cluster'
}
