/**
 * Command lines with a finding that fails, as `id: line`: what ✓ says can be false. The lines of lines.ts have each of them
 * when it holds.
 */
export const failing = `
balance: ring --hash fnv1a
theory: ring sweep --hash fnv1a --vnodes 1,10 --runs 3
moved: ring rolling --from 3 --to 4 --hash fnv1a
stray: ring rolling --from 3 --to 4 --placement modulo
ring: ring compare --hash fnv1a --add 1
modulo: ring compare --nodes 5 --add 1 --keys 300 --hash fnv1a
floor: ring min-vnodes --nodes 2 --runs 1 --keys 1
ratio-a: ring weights --weight a=100 --weight b=1 --keys 1 --vnodes 1
moved: replicate scale --keys 1000 --hash fnv1a
warming: replicate scale --keys 50 --nodes 9 --vnodes 1 --capacity 3 --requests 50 --seed 5
outage: sentinel run --kill master@1s --duration 6s --hop 200ms
outage: cluster failover --duration 9s --rate 200 --kill node-A@1s --hop 300ms
others: cluster failover --duration 9s --rate 200 --kill node-A@1s --hop 300ms
majority: cluster create --masters 3 --replicas 0 --hosts 1
time: cluster add-node --masters 7 --keys 10 --rate 1 --duration 1s
lost: cluster reshard --slots 20 --from node-C --to node-A --keys 100 --rate 1000 --duration 2s --timeout 1ms
errors: cluster reshard --slots 5 --from node-C --to node-A --keys 100 --rate 1500 --duration 2s --service 2ms --timeout 20ms
threads: memcached compare --workers 1 --seed 20
stuck: memcached slabs --factor 1.01 --item 1
lesson: redis complexity --sizes 10,100
checks: try test/fixtures/own/lru.js --like fifo
`
  .trim()
  .split('\n')
  .map((line) => line.split(': ', 2) as [id: string, line: string])
