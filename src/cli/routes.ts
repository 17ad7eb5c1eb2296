import type { Command } from 'commander'

/** What a command's module gives: its options and action, and what its help shows. */
export interface CommandModule {
  configure(command: Command): Command
  /** Three commands worth trying, each with what it shows. */
  readonly examples: readonly (readonly [command: string, shows: string])[]
}

/** Where a command is found, and what the help says of it before it is loaded. */
export interface Route {
  readonly path: readonly string[]
  readonly summary: string
  readonly hidden?: true
  load(): Promise<CommandModule>
}

/** Every command with its summary, in the order of the help. `ring sweep` is commands/ring-sweep.ts. */
const summaries: Readonly<Record<string, string>> = {
  ring: 'consistent hashing: how keys spread over nodes',
  'ring route': 'where single keys go, and to which replicas',
  'ring sweep': 'balance and memory against the number of virtual nodes',
  'ring min-vnodes': 'the least number of virtual nodes for a given balance',
  'ring weights': 'larger nodes get more keys',
  'ring rolling': 'a rolling deployment, one node at a time',
  'ring compare': 'every placement algorithm on the same change of nodes',
  'ring hashes': 'every hash function on the same keys',
  'ring draw': 'the ring itself, before and after a change',
  evict: 'eviction policies: hit ratios on the same requests',
  'evict steps': 'one request at a time: what leaves, and why',
  'evict curve': 'miss ratio against capacity, as a plot',
  'evict skew': 'hit ratio as the workload gets more skewed',
  'evict distributed': 'the same policies on several nodes, and a node that joins',
  'evict workloads': 'the workloads, with a plot of popularity',
  'evict policies': 'the policies: idea, cost, weak spot, paper',
  replicate: 'replication: copies of every key, and nodes that die',
  'replicate sweep': 'keys lost against copies and dead nodes, and what copies cost',
  'replicate timeline': 'requests that run while nodes die, hang, slow down or lose each other',
  'replicate trace': 'one key’s life, message by message',
  'replicate scale': 'nodes that join and leave under load, with and without warming',
  'replicate check': 'random faults against what each write mode promises',
  redis: 'a shell for Redis commands, without a server',
  'redis run': 'a script of Redis commands, and what they answer',
  'redis explain': 'what a Redis command costs, does and answers',
  'redis demo': 'use cases of the lesson, with their races',
  'redis choose': 'every plausible structure for a use case, on the same work',
  'redis complexity': 'what commands cost as their structures grow',
  'redis compare': 'the store beside a real Redis server: where do they differ?',
  'redis serve': 'the store over TCP, for tests with Redis clients',
  'redis commands': 'which Redis commands there are, and what each costs',
  tiers: 'local caches, a distributed one, or both: hits, stale reads, latency',
  sentinel: 'Redis Sentinel: failover, and what goes wrong',
  'sentinel run': 'a master fails under load: what its sentinels do, event by event',
  'sentinel show': 'split brain, no majority and other cases, and what would help',
  cluster: 'Redis Cluster: slots, redirections, failover, resharding',
  'cluster slot': 'which slot a key is in, and why',
  'cluster create': 'slot ranges and replicas of a new cluster',
  'cluster run': 'commands through a cluster client: MOVED, ASK, CROSSSLOT',
  'cluster failover': 'a master dies under load: FAIL, election, promotion',
  'cluster reshard': 'slots move between masters under load',
  'cluster add-node': 'a master joins, and the fewest slots move',
  'cluster remove-node': 'a master leaves, and gives its slots to the others',
  'cluster compare': 'Sentinel and Cluster, cell by cell',
  'cluster choose': 'Sentinel or Cluster, and the rule that decides',
  'cluster verify': 'random faults against what a cluster promises',
  memcached: 'slab classes, the LRU in each, and how its clients shard',
  'memcached slabs': 'the slab classes, and what they waste on given sizes',
  'memcached calcify': 'memory stuck in the classes of yesterday’s sizes',
  'memcached lru': 'HOT, WARM and COLD beside one plain LRU',
  'memcached ring': 'how its clients shard, and what a dead server does',
  'memcached compare': 'Redis and Memcached, cell by cell',
  'memcached choose': 'Redis or Memcached, and the rule that decides',
  lab: 'real servers on this machine, for --connect',
  'lab up': 'start Redis, a cluster, Sentinel, memcached',
  'lab down': 'stop just those',
  'lab failover': 'kill the master: the outage beside the simulated one',
  walk: 'walks through the lesson, with commands that really run',
  docs: 'the documents, and a search in them',
  init: 'a lab: exercises to solve in your own editor',
  exercises: 'the exercises: points, state, what is next',
  check: 'what an exercise still lacks',
  watch: 'checks whenever a file is saved',
  hint: 'one hint more',
  solution: 'a solution to compare with',
  reset: 'an exercise as it was in the beginning',
  grade: 'grades a lab, or many: points and reports for CI',
  quiz: 'questions on the lesson, with answers that run',
  workload: 'writes the requests of a workload, for this or another simulator',
  completion: 'shell completion for bash, zsh or fish',
  complete: 'candidates for the last word of a command line',
}

/** Commands that the help leaves out. */
const hidden = ['complete']

export const routes: readonly Route[] = Object.entries(summaries).map(([name, summary]) => ({
  path: name.split(' '),
  summary,
  ...(hidden.includes(name) && { hidden: true }),
  load: () => import(`./commands/${name.replace(' ', '-')}.ts`),
}))

/** Routes one word longer than a path. */
export function children(path: readonly string[]): Route[] {
  return routes.filter(
    (route) => route.path.length === path.length + 1 && path.every((word, i) => route.path[i] === word),
  )
}
