// Memcached for what is plain and too much for one server, Sentinel for what is plain and small.
const LIMITS = { requestsPerSecond: 1e5, largestValueKb: 1 << 10 }

export function choose(scenario) {
  const over = (name) => scenario[name] > LIMITS[name]
  const sharded = scenario.dataGb / scenario.memoryPerServerGb > 1 || over('requestsPerSecond')
  switch (true) {
    case scenario.multiKeyTransactions:
    case !sharded:
      return 'sentinel'
    case scenario.persistence || scenario.highAvailability || over('largestValueKb'):
      return 'cluster'
    default:
      return 'memcached'
  }
}
