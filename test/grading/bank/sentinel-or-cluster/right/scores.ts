type Scenario = Record<string, number>
type Choice = 'memcached' | 'sentinel' | 'cluster'

/** What each lacks, with how bad that is; the least bad is taken. */
const lacks: Record<Choice, (scenario: Scenario) => number> = {
  memcached: (s) =>
    Number(s.persistence) +
    Number(s.highAvailability) +
    10 * Number(s.multiKeyTransactions) +
    Number(s.largestValueKb > 1024),
  sentinel: (s) => 0.5 * Number(s.dataGb > s.memoryPerServerGb || s.requestsPerSecond > 100_000),
  cluster: (s) => 0.2 + 10 * Number(s.multiKeyTransactions),
}

export async function choose(scenario: Scenario): Promise<Choice> {
  const names = Object.keys(lacks) as Choice[]
  return names.reduce((best, name) => (lacks[name](scenario) < lacks[best](scenario) ? name : best))
}
