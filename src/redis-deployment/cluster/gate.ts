import type { Client } from '../../redis/client.js'
import type { Command } from '../../redis/command.js'
import { keyPlaces } from '../../redis/command-keys.js'
import { RedisError } from '../../redis/reply.js'
import type { Argv } from '../messages/protocol.js'
import type { Member } from './member.js'
import { slotOf } from './routing.js'
import { NOBODY } from './view.js'

/** The state of a client's connection. */
export interface Connection {
  /** ASKING: the next command may use a slot that is being imported. */
  isAsking: boolean
  /** READONLY: a replica may answer reads. */
  isReadOnly: boolean
}

/** The slot of a command's keys, and how many of the keys are here. */
interface Wanted {
  readonly slot: number
  readonly hasSeveral: boolean
  readonly present: number
  readonly missing: number
}

export const CROSSSLOT = "CROSSSLOT Keys in request don't hash to the same slot"

/**
 * Throws the error reply (MOVED, ASK, TRYAGAIN, CLUSTERDOWN, CROSSSLOT) for keys that this node must not serve.
 * Redis 7.0: getNodeByQuery, clusterRedirectClient.
 */
export function checkSlot(
  member: Member,
  client: Client,
  connection: Connection,
  command: Command,
  argv: Argv,
): void {
  const commands = command.name === 'exec' ? (client.queue ?? []) : [argv]
  const wanted = keysOf(member, client, commands)
  if (!wanted) return
  const { slot, hasSeveral, present, missing } = wanted
  if (!member.health.isOk) throw new RedisError('CLUSTERDOWN The cluster is down')
  const { me, view, claims } = member
  const owner = view.owners[slot]
  const target = claims.migrating.get(slot)
  if (owner === me.id && target !== undefined && missing > 0) {
    if (present > 0) throw tryAgain()
    throw new RedisError(`ASK ${slot} ${view.peers[target].address}`)
  }
  if (claims.importing.has(slot) && connection.isAsking) {
    if (hasSeveral && missing > 0) throw tryAgain()
    return
  }
  const isReading = commands.every((words) => !client.server.find(words)?.flags.includes('write'))
  if ((connection.isReadOnly || SHARDED.has(command.name)) && isReading && me.master === owner) return
  if (owner !== me.id) throw new RedisError(`MOVED ${slot} ${view.peers[owner].address}`)
}

/** Commands on channels that belong to slots, as keys do. */
const SHARDED = new Set(['ssubscribe', 'sunsubscribe', 'spublish'])

/** The words of a command that have slots: its keys, or its sharded channels. */
function slotWords(command: Command, words: Argv): readonly string[] {
  if (!SHARDED.has(command.name)) return keyPlaces(command, words).map((place) => words[place])
  return command.name === 'spublish' ? [words[1]] : words.slice(1)
}

const tryAgain = () => new RedisError('TRYAGAIN Multiple keys request during rehashing of slot')

function keysOf({ view, claims }: Member, client: Client, commands: readonly Argv[]): Wanted | undefined {
  let first: string | undefined
  let slot = NOBODY
  let hasSeveral = false
  let present = 0
  let missing = 0
  for (const words of commands) {
    const command = client.server.find(words)
    for (const key of command ? slotWords(command, words) : []) {
      const own = slotOf(key)
      if (first === undefined) {
        first = key
        slot = own
        if (view.owners[slot] === NOBODY) throw new RedisError('CLUSTERDOWN Hash slot not served')
      } else if (key !== first) {
        if (own !== slot) throw new RedisError(CROSSSLOT)
        hasSeveral = true
      }
      const isOpen = claims.migrating.has(own) || claims.importing.has(own)
      if (!isOpen || SHARDED.has(command!.name) || client.server.databases[0].has(key)) present++
      else missing++
    }
  }
  return first === undefined ? undefined : { slot, hasSeveral, present, missing }
}
