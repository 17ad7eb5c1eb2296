import { expect } from 'vitest'
import { demoNames } from './demos.js'
import { cachelab, shell } from './in-process.js'
import { root } from './run.js'

/** What is typed for each golden output. A route's own is named as the route, further ones have a word behind that. */
export const lines: Record<string, string> = {
  'replicate-check': 'replicate check --schedules 10',
  'cluster-verify': 'cluster verify --schedules 2',
  demo: 'demo',
  ring: 'ring --vnodes 150',
  'ring-load':
    'ring --placement bounded --load-factor 1.05 --nodes x,y,z --workload zipf --requests 20000 --seed 3',
  'ring-route-envoy':
    'ring route user:1001 user:1002 --placement envoy --nodes 10.0.0.1:80,10.0.0.2:80,10.0.0.3:80',
  'ring-route-nginx':
    'ring route user:1001 user:1002 --placement nginx --nodes 10.0.0.1:80,10.0.0.2:80 --weight 10.0.0.2:80=3',
  'ring-route': 'ring route user:1001 user:1002 session:abc cache:page:1 --nodes 5 --replicas 3',
  'ring-sweep': 'ring sweep --vnodes 1,10,100 --nodes 4 --runs 10',
  'ring-min-vnodes': 'ring min-vnodes --within 20% --confidence 80% --runs 10 --keys 2000',
  'ring-min-vnodes-floor': 'ring min-vnodes --nodes 10 --runs 5',
  'ring-weights': 'ring weights --weight big=4 --weight mid=2 --weight tiny=0.5',
  'ring-rolling': 'ring rolling --from 3 --to 5',
  'ring-rolling-replace': 'ring rolling --replace node-B=node-X',
  'ring-compare': 'ring compare --nodes 4 --remove node-B',
  'ring-compare-programs':
    'ring compare --nodes 12 --remove node-B,node-F,node-K --placements ring,libmemcached,nginx,haproxy,envoy',
  'ring-hashes': 'ring hashes',
  'ring-draw': 'ring draw --nodes 10',
  'ring-draw-change': 'ring draw --vnodes 3 --add 1',
  evict: 'evict',
  'evict-redis':
    'evict --policies lru,random,redis-lru,redis-lfu --workloads zipf --exponent 1 --capacity 98 --runs 3',
  'evict-steps': 'evict steps --policy lru --capacity 3 A B C A D',
  'evict-curve': 'evict curve --policies lru,lfu,sieve,opt --points 7',
  'evict-curve-sample':
    'evict curve --policies lru,sieve --points 7 --keys 20000 --requests 200000 --sample 20%',
  'evict-skew': 'evict skew --exponents 0,0.7,1.4 --runs 2',
  'evict-distributed': 'evict distributed',
  'evict-workloads': 'evict workloads',
  'evict-policies': 'evict policies',
  'evict-formats': 'evict formats',
  replicate: 'replicate --kill node-B',
  'replicate-quorum':
    'replicate --mode quorum --nodes 5 --replicas 3 --keys 1000 --kill node-A --kill node-C',
  'replicate-sweep': 'replicate sweep --nodes 4 --vnodes 5',
  'replicate-timeline': 'replicate timeline --kill node-B@2s --restart node-B@6s',
  'replicate-timeline-split':
    'replicate timeline --mode async --keys 1000 --duration 4s --partition node-A|node-B,node-C@1s --slow node-C@2s:100x --heal @3s',
  'replicate-trace': 'replicate trace user:1001',
  'replicate-trace-hang': 'replicate trace user:1001 --mode quorum --replicas 3 --hang node-B',
  'replicate-scale': 'replicate scale --keys 1000',
  docs: 'docs',
  merge: 'merge test/fixtures/parts',
  workload: 'workload zipf --requests 5',
  quiz: 'quiz --questions 4 --seed 3',
  'quiz-list': 'quiz --list',
  tiers: 'tiers',
  'tiers-sweep': 'tiers --sweep servers --values 1,2,4,8 --warmup 2s --duration 2s',
  'sentinel-run': 'sentinel run --kill master@1s --duration 8s',
  'sentinel-show': 'sentinel show two-sentinels',
  'cluster-slot': 'cluster slot user:123 {user:123}:cart 12345',
  'cluster-create': 'cluster create --masters 3 --replicas 1 --hosts 3',
  'cluster-failover': 'cluster failover --duration 8s --rate 500',
  'cluster-reshard': 'cluster reshard --slots 500 --from node-C --to node-A --keys 5000',
  'cluster-add-node': 'cluster add-node --pipeline 10 --keys 5000',
  'cluster-remove-node': 'cluster remove-node node-B --masters 4 --keys 2000 --rate 100 --pipeline 10',
  'cluster-compare': 'cluster compare --runs 1',
  'cluster-choose': 'cluster choose --data 1TB --memory 64GB',
  'cluster-run': 'cluster run test/fixtures/cluster.redis',
  'memcached-slabs': 'memcached slabs --item 100 --item 5000 --item 1048576',
  'memcached-calcify': 'memcached calcify --memory 8 --rate 1000',
  'memcached-lru': 'memcached lru --requests 20000',
  'memcached-ring': 'memcached ring --weight 10.0.1.2=2 --weight 10.0.1.4=4',
  'memcached-compare': 'memcached compare',
  'memcached-choose': 'memcached choose --needs sessions,throughput',
  'redis-run': 'redis run test/fixtures/lesson.redis',
  'redis-commands': 'redis commands --group hash',
  redis: "printf 'SET n 41\\nINCR n\\nLPUSH n x\\n' | cachelab redis",
  'redis-explain': 'redis explain ZADD board 10 ann',
  'redis-choose': 'redis choose leaderboard',
  'redis-complexity': 'redis complexity --sizes 100,1000',
  'redis-durability': 'redis durability',
  'redis-demo': 'redis demo',
  ...Object.fromEntries(demoNames.map((name) => [`redis-demo-${name}`, `redis demo ${name}`])),
  sentinel: 'sentinel',
  cluster: 'cluster',
  memcached: 'memcached',
  lab: 'lab',
  walk: 'walk',
  // Few texts have this word: another would change with every text.
  find: 'find zrangestore',
  schema: 'schema replies',
  try: 'try test/fixtures/own/lru.js --like lru',
  completion: 'completion bash',
}

/** In the thorough layer only: golden-long.test.ts. */
export const long: Record<string, string> = {
  'sentinel-sweep': 'sentinel run --sweep down-after --runs 2',
  'cluster-verify-long': 'cluster verify --schedules 20',
  'replicate-check-long': 'replicate check --schedules 100',
}

/** In a lab with a wrong solution of two exercises. */
export const inLab: Record<string, string> = {
  new: 'new policy mine',
  exercises: 'exercises',
  check: 'check keys-moved',
  hint: 'hint eviction',
  solution: 'solution keys-moved --yes',
  reset: 'reset keys-moved',
  init: 'init other --language js',
  grade: 'grade --seed golden --exercise keys-moved',
}

/** Code is printed as it is. */
const UNWRAPPED = ['solution', 'completion', 'reset', 'schema']

/** Expects a command to print what its file in golden/ has. */
export async function expectGolden(name: string, line: string, cwd = root): Promise<void> {
  const { stdout, stderr, code } = await (line.startsWith('printf')
    ? shell(line, { cwd })
    : cachelab(line.split(' '), { cwd }))
  expect([code, stderr]).toEqual([['check', 'grade'].includes(name) ? 1 : 0, ''])
  // What there is to isolate with differs from machine to machine.
  const golden = stdout.replace(/^isolation \w+$/m, 'isolation bubblewrap')
  await expect(golden).toMatchFileSnapshot(`golden/${name}.txt`)
  if (UNWRAPPED.includes(name)) return
  // A command to copy stays in one piece where nothing says how wide the screen is.
  for (const text of stdout.split('\n').filter((text) => !/^\$ |^ +(npx )?cachelab /.test(text)))
    expect([...text].length).toBeLessThanOrEqual(80)
}
