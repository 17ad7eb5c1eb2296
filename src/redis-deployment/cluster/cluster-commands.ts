import { OK, RedisError, type Reply, wrongArity } from '../../redis/reply.js'
import type { Argv } from '../messages/protocol.js'
import type { Member } from './member.js'
import { slotOf } from './routing.js'
import type { ClusterPeer } from './view.js'

/** What CLUSTER needs of the node. */
interface ClusterMember {
  readonly member: Member
  keysIn(slot: number): ReadonlySet<string>
}

/** Runs a subcommand of CLUSTER. Redis 7.0: clusterCommand. */
export function answerCluster(node: ClusterMember, words: Argv): Reply {
  if (words.length < 2) return wrongArity('cluster')
  const [, name, ...rest] = words
  const run = SUBCOMMANDS[name.toLowerCase()]
  if (!run) return new RedisError(`ERR unknown subcommand '${name}'. Try CLUSTER HELP.`)
  try {
    return run(node, rest)
  } catch (error) {
    if (error instanceof RedisError) return error
    throw error
  }
}

const SUBCOMMANDS: Readonly<Record<string, (node: ClusterMember, words: Argv) => Reply>> = {
  slots,
  nodes,
  info,
  setslot,
  myid: ({ member }) => member.me.name,
  keyslot: (_, [key = '']) => slotOf(key),
  countkeysinslot: (node, [slot]) => node.keysIn(slotIn(slot)).size,
  getkeysinslot: (node, [slot, count]) => [...node.keysIn(slotIn(slot))].slice(0, Number(count)),
}

function slotIn(word: string | undefined): number {
  const slot = Number(word)
  if (!Number.isInteger(slot) || slot < 0 || slot > 16383)
    throw new RedisError('ERR Invalid or out of range slot')
  return slot
}

function slots({ member }: ClusterMember): Reply {
  const { view } = member
  const place = ({ address, name }: ClusterPeer): Reply => {
    const [host, port] = address.split(':')
    return [host, Number(port), name, []]
  }
  const placesOf = view.peers.map((peer) => {
    const replicas = view.replicasOf(peer.id).filter(({ isFailed }) => !isFailed)
    return view.counts[peer.id] > 0 ? [peer, ...replicas].map(place) : []
  })
  return view.ranges().map(({ from, to, owner }) => [from, to, ...placesOf[owner]])
}

function nodes({ member }: ClusterMember): Reply {
  const { view, me, claims } = member
  const ranges = view.ranges()
  const lines = view.peers.map((peer) => {
    const { id, address, name, master } = peer
    const flags = [
      ...(peer === me ? ['myself'] : []),
      master === undefined ? 'master' : 'slave',
      ...(peer.isFailed ? ['fail'] : peer.isSuspect ? ['fail?'] : []),
    ].join(',')
    const own = ranges
      .filter(({ owner }) => owner === id)
      .map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`))
    const open =
      peer === me
        ? [
            ...[...claims.migrating].map(([slot, to]) => `[${slot}->-${view.peers[to].name}]`),
            ...[...claims.importing].map(([slot, from]) => `[${slot}-<-${view.peers[from].name}]`),
          ]
        : []
    const [host, port] = address.split(':')
    const bus = `${host}:${port}@${Number(port) + 10_000}`
    const times = `${Math.floor(peer.pingSent ?? 0)} ${Math.floor(peer.pongReceived)}`
    const epoch = view.peers[master ?? id].configEpoch
    return [
      ...[name, bus, flags, master === undefined ? '-' : view.peers[master].name, times, epoch],
      ...[peer.isConnected ? 'connected' : 'disconnected', ...own, ...open],
    ].join(' ')
  })
  return `${lines.join('\n')}\n`
}

function info({ member }: ClusterMember): Reply {
  const { view, health, me } = member
  const slotsOf = (of: (peer: ClusterPeer) => boolean) =>
    view.peers.reduce((sum, peer) => sum + (of(peer) ? view.counts[peer.id] : 0), 0)
  const assigned = slotsOf(() => true)
  const [suspect, failed] = [slotsOf(({ isSuspect }) => isSuspect), slotsOf(({ isFailed }) => isFailed)]
  return Object.entries({
    cluster_state: health.isOk ? 'ok' : 'fail',
    cluster_slots_assigned: assigned,
    cluster_slots_ok: assigned - suspect - failed,
    cluster_slots_pfail: suspect,
    cluster_slots_fail: failed,
    cluster_known_nodes: view.peers.length,
    cluster_size: view.size,
    cluster_current_epoch: member.currentEpoch,
    cluster_my_epoch: view.peers[me.master ?? me.id].configEpoch,
  })
    .map(([key, value]) => `${key}:${value}\r\n`)
    .join('')
}

/** What a replica answers to SETSLOT. */
export const ONLY_MASTERS = 'ERR Please use SETSLOT only with masters.'

/** CLUSTER SETSLOT slot IMPORTING|MIGRATING|NODE id, or STABLE. */
function setslot({ member }: ClusterMember, words: Argv): Reply {
  const { view, me, claims } = member
  if (me.master !== undefined) throw new RedisError(ONLY_MASTERS)
  const slot = slotIn(words[0])
  const action = words[1]?.toLowerCase()
  if (action === 'stable') {
    claims.migrating.delete(slot)
    claims.importing.delete(slot)
    return OK
  }
  const other = view.peers.find(({ name }) => name === words[2])
  if (!other) throw new RedisError(`ERR I don't know about node ${words[2]}`)
  if (action === 'migrating') {
    if (view.owners[slot] !== me.id) throw new RedisError(`ERR I'm not the owner of hash slot ${slot}`)
    claims.migrating.set(slot, other.id)
  } else if (action === 'importing') {
    if (view.owners[slot] === me.id) throw new RedisError(`ERR I'm already the owner of hash slot ${slot}`)
    claims.importing.set(slot, other.id)
  } else if (action === 'node') {
    if (view.owners[slot] === me.id && other !== me && member.host.hasKeysIn(slot))
      throw new RedisError(
        `ERR Can't assign hashslot ${slot} to a different node while I still hold keys for this hash slot.`,
      )
    claims.give(slot, other.id)
  } else throw new RedisError('ERR Invalid CLUSTER SETSLOT action or number of arguments. Try CLUSTER HELP')
  return OK
}
