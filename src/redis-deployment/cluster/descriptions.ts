import { type Reply, Typed, Verbatim } from '../../redis/reply.js'
import type { Member } from './member.js'
import type { ClusterPeer } from './view.js'

/** What CLUSTER says of a node's view: nodes, ranges of slots, and state. */

const placeOf = ({ address }: ClusterPeer): readonly [host: string, port: number] => {
  const [host, port] = address.split(':')
  return [host, Number(port)]
}

const map = (fields: Readonly<Record<string, Reply>>): Reply =>
  new Typed('map', Object.entries(fields).flat())

export function slots({ view }: Member): Reply {
  const placesOf = view.peers.map((peer): Reply[] => {
    const replicas = view.replicasOf(peer.id).filter(({ isFailed }) => !isFailed)
    return view.counts[peer.id] > 0 ? [peer, ...replicas].map((one) => [...placeOf(one), one.name, []]) : []
  })
  return view.ranges().map(({ from, to, owner }) => [from, to, ...placesOf[owner]])
}

/** The lines of CLUSTER NODES about some nodes. */
export function linesOf({ view, me, claims }: Member, peers: readonly ClusterPeer[]): string[] {
  const ranges = view.ranges()
  const open = [
    ...[...claims.migrating].map(([slot, to]) => `[${slot}->-${view.peers[to].name}]`),
    ...[...claims.importing].map(([slot, from]) => `[${slot}-<-${view.peers[from].name}]`),
  ]
  return peers.map((peer) => {
    const { id, name, master } = peer
    const flags = [
      ...(peer === me ? ['myself'] : []),
      master === undefined ? 'master' : 'slave',
      ...(peer.isFailed ? ['fail'] : peer.isSuspect ? ['fail?'] : []),
    ].join(',')
    const own = ranges
      .filter(({ owner }) => owner === id)
      .map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`))
    const [host, port] = placeOf(peer)
    const source = master === undefined ? undefined : view.known.find((one) => one.id === master)
    const times = `${Math.floor(peer.pingSent ?? 0)} ${Math.floor(peer.pongReceived)}`
    return [
      ...[name, `${host}:${port}@${port + BUS}`, flags],
      ...[source?.name ?? '-', times, (source ?? peer).configEpoch],
      ...[peer.isConnected ? 'connected' : 'disconnected', ...own, ...(peer === me ? open : [])],
    ].join(' ')
  })
}

/** The port of a node's bus is its own port and this. */
const BUS = 10_000

export function info({ view, health, me, currentEpoch }: Member): Reply {
  const slotsOf = (of: (peer: ClusterPeer) => boolean) =>
    view.peers.reduce((sum, peer) => sum + (of(peer) ? view.counts[peer.id] : 0), 0)
  const assigned = slotsOf(() => true)
  const [suspect, failed] = [slotsOf(({ isSuspect }) => isSuspect), slotsOf(({ isFailed }) => isFailed)]
  const fields = {
    cluster_state: health.isOk ? 'ok' : 'fail',
    cluster_slots_assigned: assigned,
    cluster_slots_ok: assigned - suspect - failed,
    cluster_slots_pfail: suspect,
    cluster_slots_fail: failed,
    cluster_known_nodes: view.known.length,
    cluster_size: view.size,
    cluster_current_epoch: currentEpoch,
    cluster_my_epoch: view.peers[me.master ?? me.id].configEpoch,
  }
  return new Verbatim(
    Object.entries(fields)
      .map(([key, value]) => `${key}:${value}\r\n`)
      .join(''),
  )
}

/** Each master with its ranges of slots and its replicas. */
export function shards({ view, me, host }: Member): Reply {
  const describe = (peer: ClusterPeer): Reply => {
    const [ip, port] = placeOf(peer)
    return map({
      id: peer.name,
      port,
      ip,
      endpoint: ip,
      role: peer.master === undefined ? 'master' : 'replica',
      'replication-offset': peer === me ? host.offset : peer.offset,
      health: peer.isFailed ? 'fail' : 'online',
    })
  }
  return view.known
    .filter(({ master }) => master === undefined)
    .map((master) => {
      const ranges = view.ranges().filter(({ owner }) => owner === master.id)
      const nodes = [master, ...view.replicasOf(master.id)].map(describe)
      return map({ slots: ranges.flatMap(({ from, to }) => [from, to]), nodes })
    })
}

/** The connection to each other node, and the one from it. Nothing waits to be sent. */
export function links({ view, me }: Member): Reply {
  return view.known
    .filter((peer) => peer !== me && peer.isConnected)
    .flatMap(({ name, connectedAt }) =>
      ['to', 'from'].map((direction) =>
        map({
          direction,
          node: name,
          'create-time': Math.floor(connectedAt),
          events: 'r',
          'send-buffer-allocated': 0,
          'send-buffer-used': 0,
        }),
      ),
    )
}
