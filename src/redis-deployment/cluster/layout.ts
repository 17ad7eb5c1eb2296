import { SLOTS } from '../../placement/slots.js'

/** The slots of each of some masters in a new cluster: equal ranges, as redis-cli --cluster create cuts them. */
export function slotRanges(masters: number): (readonly [number, number])[] {
  const share = SLOTS / masters
  let first = 0
  return Array.from({ length: masters }, (_, i) => {
    const last = i === masters - 1 ? SLOTS - 1 : Math.round(share * (i + 1) - 1)
    const range = [first, last] as const
    first = last + 1
    return range
  })
}

/** Nodes in an order in which neighbours are on different machines where possible. */
function interleaved(hosts: readonly string[]): number[] {
  const byHost = new Map<string, number[]>()
  for (const [node, host] of hosts.entries()) byHost.set(host, [...(byHost.get(host) ?? []), node])
  const queues = [...byHost.values()]
  const order: number[] = []
  for (let turn = 0; order.length < hosts.length; turn++)
    for (const queue of queues) if (turn < queue.length) order.push(queue[turn])
  return order
}

/**
 * Who becomes master and whose replica the others are: masters on different machines first, then each replica on
 * another machine than its master where there is one left.
 *
 * redis-cli 7.0, clusterManagerCommandCreate: the rest is turned by one before replicas are given out, and at the end
 * replicas are exchanged while that brings one away from its master's machine. `hosts` names each node's machine.
 */
export function assignReplicas(
  hosts: readonly string[],
  masters: number,
  replicas: number,
): { readonly masters: readonly number[]; readonly masterOf: ReadonlyMap<number, number> } {
  const order = interleaved(hosts)
  const chosen = order.slice(0, masters)
  const rest = order.slice(masters)
  if (rest.length > 0) rest.push(rest.shift()!)
  const masterOf = new Map<number, number>()
  const take = (master: number): void => {
    const apart = rest.findIndex((node) => hosts[node] !== hosts[master])
    const [replica] = rest.splice(Math.max(0, apart), 1)
    masterOf.set(replica, master)
  }
  for (const master of chosen) for (let i = 0; i < replicas && rest.length > 0; i++) take(master)
  for (let i = 0; rest.length > 0; i++) take(chosen[i % masters])
  exchange(hosts, masterOf)
  return { masters: chosen, masterOf }
}

/** Swaps the masters of two replicas while that leaves fewer replicas on their master's machine. */
function exchange(hosts: readonly string[], masterOf: Map<number, number>): void {
  const isBeside = (replica: number, master: number) => (hosts[replica] === hosts[master] ? 1 : 0)
  const replicas = [...masterOf.keys()]
  for (const one of replicas) {
    for (const other of replicas) {
      const [a, b] = [masterOf.get(one)!, masterOf.get(other)!]
      const before = isBeside(one, a) + isBeside(other, b)
      if (isBeside(one, b) + isBeside(other, a) >= before) continue
      masterOf.set(one, b)
      masterOf.set(other, a)
    }
  }
}
