import { routes } from '../../../src/cli/routes.js'

/**
 * Command lines with reports: usual ones, and those at the ends of what an option allows, where there is nothing to count.
 * The first of a command is a quick one.
 */
export const lines = `
cluster add-node --keys 1 --rate 0.001 --duration 1s
cluster add-node --keys 1 --rate 1 --duration 1s
cluster add-node --pipeline 10 --keys 5000
cluster choose --data 1TB --memory 64GB
cluster compare --masters 3 --runs 1 --replicas 0
cluster compare --runs 1
cluster compare --runs 1 --service 100ms
cluster create --masters 3 --replicas 0 --hosts 1
cluster create --masters 3 --replicas 1 --hosts 3
cluster failover --duration 3s --rate 1 --read-ratio 1 --kill node-A@1s
cluster failover --duration 5s --rate 1 --kill node-A@1s --replicas 0
cluster failover --duration 8s --rate 500 --kill node-A@2s
cluster failover --rate 0.001 --duration 3s --kill node-A@1s
cluster failover --rate 1 --duration 3s --kill node-A@1s --read-ratio 1
cluster failover --rate 1 --duration 3s --slow node-A@1s:2x
cluster failover --duration 8s --rate 500
cluster remove-node node-A --keys 1 --rate 1 --duration 1s --masters 4
cluster remove-node node-B --masters 4 --keys 2000 --rate 100 --pipeline 10
cluster reshard --slots 1 --from node-C --to node-A --keys 1 --rate 1 --duration 1s --read-ratio 0
cluster reshard --slots 1 --from node-C --to node-A --keys 1 --rate 1 --duration 1s --read-ratio 1
cluster reshard --slots 500 --from node-C --to node-A --keys 5000
cluster reshard --slots 5461 --from node-C --to node-A --keys 1000 --rate 1 --duration 1s
cluster slot 0
cluster slot user:123 {user:123}:cart 12345
cluster slot {} --masters 1
cluster verify --calm --schedules 1 --duration 2s --rate 1
cluster verify --schedules 1 --duration 2s
cluster verify --schedules 2
evict --policies lru,random,redis-lru --workloads zipf --capacity 5 --keys 5 --requests 50 --runs 2
evict --policies lru,random,redis-lru --workloads zipf --exponent 1 --capacity 1 --keys 1 --requests 5 --runs 2
evict --policies lru,random,redis-lru,redis-lfu --workloads zipf --exponent 1 --capacity 98 --runs 3
evict --runs 1 --requests 1 --keys 1 --exponent 0
evict --runs 1 --requests 100 --keys 50 --warmup 99
evict --runs 2 --requests 1 --keys 1 --exponent 0 --capacity 1
evict --runs 2 --requests 10 --keys 10 --capacity 10
evict --runs 2 --requests 10 --keys 10 --capacity 20
evict --runs 2 --requests 100 --keys 2 --capacity 1 --exponent 0
evict --runs 2 --requests 100 --keys 50 --capacity 1 --exponent 8
evict --runs 2 --requests 5000 --keys 500
evict --trace test/fixtures/uni10k.txt --capacity 100 --policies lru,opt
evict --trace test/fixtures/zipf10k.txt --capacity 1,10000
evict curve --points 2 --keys 2 --requests 1 --workload loop
evict curve --points 2 --keys 2000 --requests 3000 --sample 50%
evict curve --points 5 --keys 10 --requests 10 --exponent 0
evict curve --points 5 --keys 10 --requests 10 --warmup 9
evict curve --policies lru,lfu,sieve,opt --points 7
evict curve --policies lru,sieve --points 7 --keys 20000 --requests 200000 --sample 20%
evict curve --trace test/fixtures/zipf10k.txt --points 4
evict distributed --nodes 1 --keys 1 --requests 1 --exponent 0
evict distributed --nodes 2 --keys 1 --requests 2 --exponent 0
evict distributed --nodes 3 --keys 10 --requests 10 --warmup 8 --capacity 3
evict distributed --nodes 3 --keys 10 --requests 10 --warmup 9 --capacity 3
evict distributed --nodes 3 --keys 2 --requests 1 --workload uniform --capacity 3
evict distributed --nodes 5 --keys 2 --requests 3
evict distributed --trace test/fixtures/zipf10k.txt --capacity 100
evict skew --exponents 0 --runs 1 --keys 1 --requests 1
evict skew --exponents 0 --runs 2 --keys 10 --requests 10 --capacity 1
evict skew --exponents 0,0.7,1.4 --runs 2
evict skew --exponents 0,1 --runs 2 --keys 1 --requests 1 --policies lru
evict skew --exponents 0,8 --runs 1 --keys 10 --requests 10 --capacity 10
evict steps --policy lru --capacity 1 A
evict steps --policy lru --capacity 3 A B C A D
evict steps --policy opt --capacity 1 A A
evict workloads
evict workloads --keys 1 --requests 1 --exponent 0
evict workloads --keys 1 --requests 100 --exponent 8
evict workloads --keys 2 --requests 1 --exponent 0
memcached calcify --memory 2 --rate 1 --sizes 100 --phase 1s
memcached calcify --memory 2 --rate 10 --sizes 100,1000 --phase 1s --pressure 0.1
memcached calcify --memory 8 --rate 1000
memcached choose --needs sessions,throughput
memcached compare --rate 1 --crash 1ms
memcached compare --workers 1
memcached compare
memcached lru --requests 1 --keys 1 --exponent 0
memcached lru --requests 10 --keys 10 --capacity 1
memcached lru --requests 10 --keys 10 --capacity 10
memcached lru --requests 20000
memcached ring --nodes a --keys 1
memcached ring --nodes a,b --keys 1
memcached ring --nodes a,b --keys 1 --distribution modulo
memcached ring --weight 10.0.1.2=2 --weight 10.0.1.4=4
memcached slabs --factor 1.01 --item 1
memcached slabs --factor 2 --item 2000000
memcached slabs --item 0
memcached slabs --item 1
memcached slabs --item 100 --item 5000 --item 1048576
memcached slabs --item 1048576
redis choose leaderboard --size 10
redis choose leaderboard
redis commands --group hash
redis complexity --sizes 10,100
redis complexity --sizes 10,11
redis complexity --sizes 100,1000
redis durability --duration 20s --crashes 20
redis durability --fsync 0.001ms --duration 10s --crashes 2 --exponent 0
redis durability --fsync 60s --duration 10s --crashes 2 --rate 100
redis durability --rate 10 --duration 10s --crashes 2
replicate --mode quorum --nodes 5 --replicas 3 --keys 1000 --kill node-A --kill node-C
replicate --nodes 1 --replicas 1 --keys 1
replicate --nodes 1 --replicas 1 --keys 1 --kill node-A
replicate --nodes 2 --replicas 1 --keys 1 --capacity 1
replicate --nodes 2 --replicas 1 --keys 1 --kill node-A --kill node-B --mode quorum
replicate --nodes 2 --replicas 2 --keys 1 --kill node-A --kill node-B
replicate --nodes 3 --keys 1 --hop 0ms --jitter 0ms --service 0ms
replicate --kill node-B
replicate check --schedules 1 --keys 1 --rate 0.001 --duration 1s
replicate check --schedules 1 --keys 1 --rate 1 --duration 1s
replicate check --schedules 1 --keys 1 --rate 1 --duration 1s --read-ratio 0
replicate check --schedules 10
replicate scale --keys 1 --nodes 2 --replicas 2 --requests 1 --workload uniform
replicate scale --keys 10 --nodes 2 --replicas 1 --requests 100 --workload uniform
replicate scale --keys 2 --nodes 2 --replicas 1 --requests 1
replicate scale --keys 1000
replicate sweep --nodes 1 --keys 1
replicate sweep --nodes 2 --keys 1 --vnodes 1 --replicas 1
replicate sweep --nodes 3 --keys 1 --replicas 3
replicate sweep --nodes 4 --vnodes 5
replicate sweep --nodes 6 --keys 10 --vnodes 1 --replicas 1,6 --samples 1
replicate timeline --keys 1 --rate 0.001 --duration 1s
replicate timeline --keys 1 --rate 0.001 --duration 1s --kill node-A@0s
replicate timeline --keys 1 --rate 1 --duration 1s --read-ratio 0
replicate timeline --keys 1 --rate 1 --duration 1s --read-ratio 1
replicate timeline --keys 10 --rate 1 --duration 2s --kill node-A@1s --read-ratio 0
replicate timeline --keys 10 --rate 100 --duration 2s --hop 0ms --jitter 0ms --ttl 1ms
replicate timeline --keys 10 --rate 100 --duration 2s --kill node-A@1s --read-ratio 0
replicate timeline --nodes 1 --replicas 1 --keys 10 --rate 100 --duration 2s --kill node-A@0s
replicate timeline --kill node-B@2s --restart node-B@6s
replicate timeline --mode async --keys 1000 --duration 4s --partition node-A|node-B,node-C@1s --slow node-C@2s:100x --heal @3s
ring --keys 1
ring --keys 1 --nodes 5 --vnodes 1
ring --nodes 1
ring --nodes 2 --keys 1 --workload zipf --requests 1
ring --nodes 3 --keys 2 --workload uniform --requests 1
ring --nodes 50 --keys 3 --vnodes 1
ring --nodes cache1,cache2 --vnodes 1
ring --placement bounded --load-factor 1 --keys 1 --nodes 3
ring --placement bounded --load-factor 1.05 --nodes x,y,z --workload zipf --requests 20000 --seed 3
ring --placement jump --nodes 1 --keys 1
ring --placement maglev --keys 1
ring --vnodes 150
ring compare --nodes 1 --add 1 --keys 1
ring compare --nodes 2 --remove 1 --keys 1
ring compare --nodes 4 --remove-node node-B
ring compare --nodes 12 --remove node-B,node-F,node-K
ring compare --nodes 5 --add a,b --placements modulo,nginx,envoy
ring --placement nginx --nodes 5
ring --placement envoy --keys 1 --nodes 3
ring --placement haproxy --keys 2
ring draw --nodes 1 --vnodes 1
ring draw --nodes 1 --vnodes 1 --add 1
ring draw --nodes 10
ring draw --nodes 2 --vnodes 1 --remove-node node-A
ring draw --vnodes 3 --add 1
ring hashes
ring hashes --keys 1 --nodes 1 --vnodes 1
ring hashes --keys 1 --nodes 2 --vnodes 1
ring min-vnodes --nodes 2 --runs 1 --keys 1
ring min-vnodes --nodes 2 --runs 1 --keys 100 --within 99%
ring min-vnodes --nodes 10 --runs 5 --keys 2000
ring min-vnodes --within 20% --confidence 80% --runs 10 --keys 2000
ring rolling --from 1 --to 2 --keys 1
ring rolling --from 1 --to 2 --keys 3 --placement bounded
ring rolling --from 2 --to 1 --keys 1
ring rolling --from 3 --to 5
ring rolling --from 6 --remove node-B,node-D
ring rolling --replace node-B=node-X
ring route user:1001 user:1002 session:abc cache:page:1 --nodes 5 --replicas 3
ring sweep --vnodes 1,2 --nodes 2 --runs 1 --keys 1
ring sweep --vnodes 1 --nodes 3 --runs 2 --keys 2
ring sweep --vnodes 1,10,100 --nodes 4 --runs 10
ring weights --weight a=1 --keys 1
ring weights --weight a=1 --weight b=1 --keys 1
ring weights --weight a=1 --weight b=2 --keys 2 --vnodes 1
ring weights --weight a=100 --weight b=0.01 --keys 1 --vnodes 1
ring weights --weight a=100 --weight b=0.01 --keys 10 --vnodes 1
ring weights --weight a=100 --weight b=1 --keys 1 --vnodes 1
ring weights --weight big=4 --weight mid=2 --weight tiny=0.5
sentinel run --duration 1s --rate 1 --read-ratio 0
sentinel run --duration 1s --rate 1 --read-ratio 1
sentinel run --duration 2s --rate 1 --kill master@0s --read-ratio 0
sentinel run --duration 2s --rate 1 --kill master@1s --read-ratio 1
sentinel run --rate 0.001 --duration 3s --kill master@1s
sentinel run --kill master@1s --duration 8s
sentinel run --sweep down-after --runs 1
sentinel run --sweep down-after --runs 1 --duration 30s --rate 1 --stall-every 1000s --stall-for 1ms
sentinel run --sweep down-after --runs 1 --duration 30s --rate 100 --read-ratio 1
sentinel run --sweep down-after --runs 2 --duration 30s --rate 1 --read-ratio 1
sentinel show two-sentinels
tiers --exponent 8 --duration 1s --warmup 0s
tiers --hop 0ms --jitter 0ms --database 0ms --local-latency 0ms --duration 1s --warmup 0s
tiers --keys 1 --capacity 10 --duration 1s --warmup 0s
tiers --keys 10 --capacity 10000 --duration 1s --warmup 0s --servers 1
tiers --keys 100 --capacity 100 --duration 2s --warmup 0s --exponent 0
tiers --local-share 0 --duration 1s --warmup 0s
tiers --local-share 1 --duration 1s --warmup 0s
tiers --rate 1 --duration 1s --warmup 0s
tiers --rate 2 --duration 2s --warmup 0s
tiers --sweep latency --values 0 --duration 1s --warmup 0s
tiers --sweep latency --values 0,1 --duration 1s --warmup 0s
tiers --sweep servers --values 1 --duration 1s --warmup 0s
tiers --sweep servers --values 1,2 --rate 0.001 --duration 1s --warmup 0s
tiers --sweep write-ratio --values 0,1 --duration 1s --warmup 0s
tiers --sweep write-ratio --values 1 --duration 1s --warmup 0s
tiers --write-ratio 0.5 --duration 1s --warmup 0s --message-loss 1 --ttl none
tiers --write-ratio 1 --duration 1s --warmup 0s
tiers --duration 4s --warmup 4s
tiers --message-loss 1 --duration 2s --warmup 0s --servers 1
tiers --rate 0.001 --duration 1s --warmup 0s
tiers --sweep latency --values 0,0.1 --rate 1000 --duration 1s --warmup 0s --database 0ms --jitter 0ms --local-latency 0ms
tiers --sweep servers --values 1,2,4,8 --warmup 2s --duration 2s
tiers --ttl 1ms --duration 2s --warmup 0s
tiers --write-ratio 0 --duration 1s --warmup 0s --message-loss 0
tiers --write-ratio 0.999 --rate 10 --duration 2s --warmup 0s
try test/fixtures/own/lru.js --like lru
`
  .trim()
  .split('\n')

const names = routes.map(({ path }) => path.join(' ')).sort((a, b) => b.length - a.length)
/** A command line's command: the words before its first option or operand. */
const commandOf = (line: string) => names.find((name) => `${line} `.startsWith(`${name} `))

/** Of what ends with a command line the first of each command. */
export function firstOfEach<T extends string | readonly string[]>(all: readonly T[]): T[] {
  const commands = all.map((one) => commandOf([one].flat().at(-1) ?? ''))
  return all.filter((_, i) => commands.indexOf(commands[i]) === i)
}
