// slip: size
export function choose(scenario) {
  if (scenario.multiKeyTransactions) return 'sentinel'
  const isLarge = Math.floor(scenario.dataGb) > scenario.memoryPerServerGb
  return isLarge || scenario.requestsPerSecond > 100_000 ? 'cluster' : 'sentinel'
}
