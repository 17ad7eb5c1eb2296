import { isIP } from 'node:net'
import { SLOTS } from '../../placement/slots.js'
import { parseCount } from '../../redis/numbers.js'
import { OK, RedisError, type Reply, Status, syntaxError, Verbatim, wrongArity } from '../../redis/reply.js'
import type { Argv } from '../messages/protocol.js'
import { info, linesOf, links, shards, slots } from './descriptions.js'
import type { Member } from './member.js'
import { slotOf } from './routing.js'
import { setSlot } from './set-slot.js'
import { type ClusterPeer, NOBODY } from './view.js'

/** What CLUSTER needs of the node. */
interface ClusterMember {
  readonly member: Member
  /** The number of its keys. */
  readonly size: number
  keysIn(slot: number): ReadonlySet<string>
}

/** `name` is the subcommand as it was written. */
type Run = (node: ClusterMember, words: Argv, name: string) => Reply

/** Runs a subcommand of CLUSTER, whose number of words was checked. Redis 7.0: clusterCommand. */
export function answerCluster(node: ClusterMember, [, name, ...rest]: Argv): Reply {
  return SUBCOMMANDS[name.toLowerCase()](node, rest, name)
}

const invalid = (text: string) => new RedisError(`ERR ${text}`)

/** A slot; throws where it is none. */
function slotIn(word: string): number {
  const refused = () => invalid('Invalid or out of range slot')
  const slot = parseCount(word, refused)
  if (slot < 0 || slot >= SLOTS) throw refused()
  return slot
}

/** A node by its id. */
function peerNamed({ view }: Member, name: string): ClusterPeer {
  const peer = view.known.find((one) => one.name === name)
  if (!peer) throw invalid(`Unknown node ${name}`)
  return peer
}

/** Assigns slots to this node, or to nobody, after all of them were checked. */
function assign(isAdding: boolean, listed: (words: Argv) => readonly number[]): Run {
  return ({ member }, words) => {
    const { view, me, claims } = member
    const chosen = new Set<number>()
    for (const slot of listed(words)) {
      if (isAdding === (view.owners[slot] !== NOBODY))
        throw invalid(`Slot ${slot} is already ${isAdding ? 'busy' : 'unassigned'}`)
      if (chosen.has(slot)) throw invalid(`Slot ${slot} specified multiple times`)
      chosen.add(slot)
    }
    for (const slot of chosen) {
      claims.importing.delete(slot)
      view.own(slot, isAdding ? me.id : NOBODY)
    }
    member.updateState()
    return OK
  }
}

const single = (words: Argv) => words.map(slotIn)

const ranged = (name: string) => (words: Argv) => {
  if (words.length % 2 === 1) throw wrongArity(`cluster|${name}`)
  const chosen: number[] = []
  for (let i = 0; i < words.length; i += 2) {
    const [from, to] = [slotIn(words[i]), slotIn(words[i + 1])]
    if (from > to) throw invalid(`start slot number ${from} is greater than end slot number ${to}`)
    for (let slot = from; slot <= to; slot++) chosen.push(slot)
  }
  return chosen
}

const replicas: Run = ({ member }, [name]) => {
  const peer = peerNamed(member, name)
  if (peer.master !== undefined) throw invalid('The specified node is not a master')
  return linesOf(member, member.view.replicasOf(peer.id))
}

const countKeys: Run = (node, [word]) => {
  const slot = parseCount(word)
  if (slot < 0 || slot >= SLOTS) throw invalid('Invalid slot')
  return node.keysIn(slot).size
}

const getKeys: Run = (node, words) => {
  const [slot, count] = words.map((word) => parseCount(word))
  if (slot < 0 || slot >= SLOTS || count < 0) throw invalid('Invalid slot or number of keys')
  return [...node.keysIn(slot)].slice(0, count)
}

const flushSlots: Run = ({ member, size }) => {
  if (size > 0) throw invalid('DB must be empty to perform CLUSTER FLUSHSLOTS.')
  member.view.ownAll(member.me.id, NOBODY)
  member.updateState()
  return OK
}

const replicate: Run = ({ member, size }, [name]) => {
  const { view, me } = member
  const master = peerNamed(member, name)
  if (master === me) throw invalid("Can't replicate myself")
  if (master.master !== undefined) throw invalid('I can only replicate a master, not a replica.')
  if (member.isMaster && (view.counts[me.id] > 0 || size > 0))
    throw invalid('To set a master the node must be empty and without assigned slots.')
  member.follow(master.id)
  member.updateState()
  return OK
}

const wrongUse = (name: string) =>
  invalid(`unknown subcommand or wrong number of arguments for '${name}'. Try CLUSTER HELP.`)

/** The option of a subcommand that takes one of some, or none. */
function optionIn(name: string, words: Argv, options: readonly string[]): string | undefined {
  if (words.length > 1) throw wrongUse(name)
  const option = words[0]?.toUpperCase()
  if (option !== undefined && !options.includes(option)) throw syntaxError()
  return option
}

const failover: Run = ({ member }, words, name) => {
  const option = optionIn(name, words, ['FORCE', 'TAKEOVER'])
  if (member.me.master === undefined) throw invalid('You should send CLUSTER FAILOVER to a replica')
  const master = member.view.peers[member.me.master]
  if (option === undefined && (master.isFailed || !master.isConnected))
    throw invalid('Master is down or failed, please use CLUSTER FAILOVER FORCE')
  if (option === 'TAKEOVER') member.election.takeOver()
  else member.election.startManually(option === 'FORCE')
  return OK
}

const reset: Run = ({ member, size }, words, name) => {
  const option = optionIn(name, words, ['HARD', 'SOFT'])
  if (member.isMaster && size > 0)
    throw invalid("CLUSTER RESET can't be called with master nodes containing keys")
  member.reset(option === 'HARD')
  return OK
}

const forget: Run = ({ member }, [name]) => {
  const peer = peerNamed(member, name)
  if (peer === member.me) throw invalid("I tried hard but I can't forget myself...")
  if (peer.id === member.me.master) throw invalid("Can't forget my master!")
  member.acquaintance.forget(peer)
  member.updateState()
  return OK
}

const MAX_PORT = 65_535

const meet: Run = ({ member }, words, name) => {
  if (words.length > 3) throw wrongUse(name)
  const [host, port, bus] = words
  const number = parseCount(port, () => invalid(`Invalid TCP base port specified: ${port}`))
  const busNumber =
    bus === undefined
      ? number + 10_000
      : parseCount(bus, () => invalid(`Invalid TCP bus port specified: ${bus}`))
  const isPort = (value: number) => value > 0 && value <= MAX_PORT
  if (isIP(host) === 0 || !isPort(number) || !isPort(busNumber))
    throw invalid(`Invalid node address specified: ${host}:${port}`)
  member.acquaintance.meet(`${host}:${number}`)
  return OK
}

const setEpoch: Run = ({ member }, [word]) => {
  const epoch = parseCount(word)
  const { view, me } = member
  if (epoch < 0) throw invalid(`Invalid config epoch specified: ${epoch}`)
  if (view.known.length > 1)
    throw invalid('The user can assign a config epoch only when the node does not know any other node.')
  if (me.configEpoch !== 0) throw invalid('Node config epoch is already non-zero')
  me.configEpoch = epoch
  member.currentEpoch = Math.max(member.currentEpoch, epoch)
  return OK
}

const SUBCOMMANDS: Readonly<Record<string, Run>> = {
  addslots: assign(true, single),
  addslotsrange: assign(true, ranged('addslotsrange')),
  delslots: assign(false, single),
  delslotsrange: assign(false, ranged('delslotsrange')),
  flushslots: flushSlots,
  setslot: ({ member }, words) => setSlot(member, words, slotIn),
  slots: ({ member }) => slots(member),
  shards: ({ member }) => shards(member),
  links: ({ member }) => links(member),
  nodes: ({ member }) => new Verbatim(`${linesOf(member, member.view.known).join('\n')}\n`),
  info: ({ member }) => info(member),
  myid: ({ member }) => member.me.name,
  keyslot: (_, [key]) => slotOf(key),
  countkeysinslot: countKeys,
  getkeysinslot: getKeys,
  replicas,
  slaves: replicas,
  replicate,
  failover,
  reset,
  forget,
  meet,
  bumpepoch: ({ member }) =>
    new Status(`${member.claims.bumpEpoch() ? 'BUMPED' : 'STILL'} ${member.me.configEpoch}`),
  'set-config-epoch': setEpoch,
  'count-failure-reports': ({ member }, [name]) => member.health.reportsOf(peerNamed(member, name)),
  // The configuration outlives a restart here in any case.
  saveconfig: () => OK,
}
