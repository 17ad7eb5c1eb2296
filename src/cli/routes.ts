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

/** Every command, in the order of the help. A command without options of its own is a group's first. */
export const routes: readonly Route[] = [
  {
    path: ['ring'],
    summary: 'consistent hashing: how keys spread over nodes',
    load: () => import('./commands/ring.js'),
  },
  {
    path: ['ring', 'route'],
    summary: 'where single keys go, and to which replicas',
    load: () => import('./commands/ring-route.js'),
  },
  {
    path: ['ring', 'sweep'],
    summary: 'balance and memory against the number of virtual nodes',
    load: () => import('./commands/ring-sweep.js'),
  },
  {
    path: ['ring', 'min-vnodes'],
    summary: 'the least number of virtual nodes for a given balance',
    load: () => import('./commands/ring-min-vnodes.js'),
  },
  {
    path: ['ring', 'weights'],
    summary: 'larger nodes get more keys',
    load: () => import('./commands/ring-weights.js'),
  },
  {
    path: ['ring', 'rolling'],
    summary: 'a rolling deployment, one node at a time',
    load: () => import('./commands/ring-rolling.js'),
  },
  {
    path: ['ring', 'compare'],
    summary: 'every placement algorithm on the same change of nodes',
    load: () => import('./commands/ring-compare.js'),
  },
  {
    path: ['ring', 'hashes'],
    summary: 'every hash function on the same keys',
    load: () => import('./commands/ring-hashes.js'),
  },
  {
    path: ['ring', 'draw'],
    summary: 'the ring itself, before and after a change',
    load: () => import('./commands/ring-draw.js'),
  },
  {
    path: ['evict'],
    summary: 'eviction policies: hit ratios on the same requests',
    load: () => import('./commands/evict.js'),
  },
  {
    path: ['evict', 'steps'],
    summary: 'one request at a time: what leaves, and why',
    load: () => import('./commands/evict-steps.js'),
  },
  {
    path: ['evict', 'curve'],
    summary: 'miss ratio against capacity, as a plot',
    load: () => import('./commands/evict-curve.js'),
  },
  {
    path: ['evict', 'skew'],
    summary: 'hit ratio as the workload gets more skewed',
    load: () => import('./commands/evict-skew.js'),
  },
  {
    path: ['evict', 'distributed'],
    summary: 'the same policies on several nodes, and a node that joins',
    load: () => import('./commands/evict-distributed.js'),
  },
  {
    path: ['evict', 'workloads'],
    summary: 'the workloads, with a plot of popularity',
    load: () => import('./commands/evict-workloads.js'),
  },
  {
    path: ['evict', 'policies'],
    summary: 'the policies: idea, cost, weak spot, paper',
    load: () => import('./commands/evict-policies.js'),
  },
  {
    path: ['replicate'],
    summary: 'replication: copies of every key, and nodes that die',
    load: () => import('./commands/replicate.js'),
  },
  {
    path: ['replicate', 'sweep'],
    summary: 'keys lost against copies and dead nodes, and what copies cost',
    load: () => import('./commands/replicate-sweep.js'),
  },
  {
    path: ['replicate', 'timeline'],
    summary: 'requests that run while nodes die, hang, slow down or lose each other',
    load: () => import('./commands/replicate-timeline.js'),
  },
  {
    path: ['replicate', 'trace'],
    summary: 'one key’s life, message by message',
    load: () => import('./commands/replicate-trace.js'),
  },
  {
    path: ['replicate', 'scale'],
    summary: 'nodes that join and leave under load, with and without warming',
    load: () => import('./commands/replicate-scale.js'),
  },
  {
    path: ['replicate', 'check'],
    summary: 'random faults against what each write mode promises',
    load: () => import('./commands/replicate-check.js'),
  },
  {
    path: ['redis'],
    summary: 'a shell for Redis commands, without a server',
    load: () => import('./commands/redis.js'),
  },
  {
    path: ['redis', 'run'],
    summary: 'a script of Redis commands, and what they answer',
    load: () => import('./commands/redis-run.js'),
  },
  {
    path: ['redis', 'explain'],
    summary: 'what a Redis command costs, does and answers',
    load: () => import('./commands/redis-explain.js'),
  },
  {
    path: ['redis', 'demo'],
    summary: 'use cases of the lesson, with their races',
    load: () => import('./commands/redis-demo.js'),
  },
  {
    path: ['redis', 'choose'],
    summary: 'every plausible structure for a use case, on the same work',
    load: () => import('./commands/redis-choose.js'),
  },
  {
    path: ['redis', 'complexity'],
    summary: 'what commands cost as their structures grow',
    load: () => import('./commands/redis-complexity.js'),
  },
  {
    path: ['redis', 'compare'],
    summary: 'the store beside a real Redis server: where do they differ?',
    load: () => import('./commands/redis-compare.js'),
  },
  {
    path: ['redis', 'serve'],
    summary: 'the store over TCP, for tests with Redis clients',
    load: () => import('./commands/redis-serve.js'),
  },
  {
    path: ['redis', 'commands'],
    summary: 'which Redis commands there are, and what each costs',
    load: () => import('./commands/redis-commands.js'),
  },
  {
    path: ['tiers'],
    summary: 'local caches, a distributed one, or both: hits, stale reads, latency',
    load: () => import('./commands/tiers.js'),
  },
  {
    path: ['sentinel'],
    summary: 'Redis Sentinel: failover, and what goes wrong',
    load: () => import('./commands/sentinel.js'),
  },
  {
    path: ['sentinel', 'run'],
    summary: 'a master fails under load: what its sentinels do, event by event',
    load: () => import('./commands/sentinel-run.js'),
  },
  {
    path: ['sentinel', 'show'],
    summary: 'split brain, no majority and other cases, and what would help',
    load: () => import('./commands/sentinel-show.js'),
  },
  {
    path: ['cluster'],
    summary: 'Redis Cluster: slots, redirections, failover, resharding',
    load: () => import('./commands/cluster.js'),
  },
  {
    path: ['cluster', 'slot'],
    summary: 'which slot a key is in, and why',
    load: () => import('./commands/cluster-slot.js'),
  },
  {
    path: ['cluster', 'create'],
    summary: 'slot ranges and replicas of a new cluster',
    load: () => import('./commands/cluster-create.js'),
  },
  {
    path: ['cluster', 'run'],
    summary: 'commands through a cluster client: MOVED, ASK, CROSSSLOT',
    load: () => import('./commands/cluster-run.js'),
  },
  {
    path: ['cluster', 'failover'],
    summary: 'a master dies under load: FAIL, election, promotion',
    load: () => import('./commands/cluster-failover.js'),
  },
  {
    path: ['cluster', 'reshard'],
    summary: 'slots move between masters under load',
    load: () => import('./commands/cluster-reshard.js'),
  },
  {
    path: ['cluster', 'add-node'],
    summary: 'a master joins, and the fewest slots move',
    load: () => import('./commands/cluster-add-node.js'),
  },
  {
    path: ['cluster', 'remove-node'],
    summary: 'a master leaves, and gives its slots to the others',
    load: () => import('./commands/cluster-remove-node.js'),
  },
  {
    path: ['cluster', 'compare'],
    summary: 'Sentinel and Cluster, cell by cell',
    load: () => import('./commands/cluster-compare.js'),
  },
  {
    path: ['cluster', 'choose'],
    summary: 'Sentinel or Cluster, and the rule that decides',
    load: () => import('./commands/cluster-choose.js'),
  },
  {
    path: ['cluster', 'verify'],
    summary: 'random faults against what a cluster promises',
    load: () => import('./commands/cluster-verify.js'),
  },
  {
    path: ['memcached'],
    summary: 'slab classes, the LRU in each, and how its clients shard',
    load: () => import('./commands/memcached.js'),
  },
  {
    path: ['memcached', 'slabs'],
    summary: 'the slab classes, and what they waste on given sizes',
    load: () => import('./commands/memcached-slabs.js'),
  },
  {
    path: ['memcached', 'calcify'],
    summary: 'memory stuck in the classes of yesterday’s sizes',
    load: () => import('./commands/memcached-calcify.js'),
  },
  {
    path: ['memcached', 'lru'],
    summary: 'HOT, WARM and COLD beside one plain LRU',
    load: () => import('./commands/memcached-lru.js'),
  },
  {
    path: ['memcached', 'ring'],
    summary: 'how its clients shard, and what a dead server does',
    load: () => import('./commands/memcached-ring.js'),
  },
  {
    path: ['memcached', 'compare'],
    summary: 'Redis and Memcached, cell by cell',
    load: () => import('./commands/memcached-compare.js'),
  },
  {
    path: ['memcached', 'choose'],
    summary: 'Redis or Memcached, and the rule that decides',
    load: () => import('./commands/memcached-choose.js'),
  },
  {
    path: ['lab'],
    summary: 'real servers on this machine, for --connect',
    load: () => import('./commands/lab.js'),
  },
  {
    path: ['lab', 'up'],
    summary: 'start Redis, a cluster, Sentinel, memcached',
    load: () => import('./commands/lab-up.js'),
  },
  {
    path: ['lab', 'down'],
    summary: 'stop just those',
    load: () => import('./commands/lab-down.js'),
  },
  {
    path: ['lab', 'failover'],
    summary: 'kill the master: the outage beside the simulated one',
    load: () => import('./commands/lab-failover.js'),
  },
  {
    path: ['walk'],
    summary: 'walks through the lesson, with commands that really run',
    load: () => import('./commands/walk.js'),
  },
  {
    path: ['docs'],
    summary: 'the documents, and a search in them',
    load: () => import('./commands/docs.js'),
  },
  {
    path: ['init'],
    summary: 'a lab: exercises to solve in your own editor',
    load: () => import('./commands/init.js'),
  },
  {
    path: ['exercises'],
    summary: 'the exercises: points, state, what is next',
    load: () => import('./commands/exercises.js'),
  },
  {
    path: ['check'],
    summary: 'what an exercise still lacks',
    load: () => import('./commands/check.js'),
  },
  {
    path: ['watch'],
    summary: 'checks whenever a file is saved',
    load: () => import('./commands/watch.js'),
  },
  {
    path: ['hint'],
    summary: 'one hint more',
    load: () => import('./commands/hint.js'),
  },
  {
    path: ['solution'],
    summary: 'a solution to compare with',
    load: () => import('./commands/solution.js'),
  },
  {
    path: ['reset'],
    summary: 'an exercise as it was in the beginning',
    load: () => import('./commands/reset.js'),
  },
  {
    path: ['grade'],
    summary: 'grades a lab, or many: points and reports for CI',
    load: () => import('./commands/grade.js'),
  },
  {
    path: ['quiz'],
    summary: 'questions on the lesson, with answers that run',
    load: () => import('./commands/quiz.js'),
  },
  {
    path: ['workload'],
    summary: 'writes the requests of a workload, for this or another simulator',
    load: () => import('./commands/workload.js'),
  },
  {
    path: ['completion'],
    summary: 'shell completion for bash, zsh or fish',
    load: () => import('./commands/completion.js'),
  },
  {
    path: ['complete'],
    summary: 'candidates for the last word of a command line',
    hidden: true,
    load: () => import('./commands/complete.js'),
  },
]

/** Routes one word longer than a path. */
export function children(path: readonly string[]): Route[] {
  return routes.filter(
    (route) => route.path.length === path.length + 1 && path.every((word, i) => route.path[i] === word),
  )
}
