import { OK, RedisError, type Reply } from '../../redis/reply.js'
import type { Argv } from '../messages/protocol.js'
import type { Member } from './member.js'
import type { ClusterPeer } from './view.js'

/** What a replica answers to SETSLOT. */
export const ONLY_MASTERS = 'ERR Please use SETSLOT only with masters.'

/** CLUSTER SETSLOT slot IMPORTING|MIGRATING|NODE id, or STABLE. */
export function setSlot(member: Member, words: Argv, slotIn: (word: string) => number): Reply {
  const { view, me, claims } = member
  if (me.master !== undefined) throw new RedisError(ONLY_MASTERS)
  const slot = slotIn(words[0])
  const isMine = view.owners[slot] === me.id
  const action = `${words[1].toLowerCase()}/${words.length}`
  switch (action) {
    case 'migrating/3':
      if (!isMine) throw new RedisError(`ERR I'm not the owner of hash slot ${slot}`)
      claims.migrating.set(slot, masterNamed(member, words[2], "I don't know about node").id)
      break
    case 'importing/3':
      if (isMine) throw new RedisError(`ERR I'm already the owner of hash slot ${slot}`)
      claims.importing.set(slot, masterNamed(member, words[2], "I don't know about node").id)
      break
    case 'stable/2':
      claims.migrating.delete(slot)
      claims.importing.delete(slot)
      break
    case 'node/3': {
      const other = masterNamed(member, words[2], 'Unknown node')
      if (isMine && other !== me && member.host.hasKeysIn(slot))
        throw new RedisError(
          `ERR Can't assign hashslot ${slot} to a different node while I still hold keys for this hash slot.`,
        )
      claims.give(slot, other.id)
      break
    }
    default:
      throw new RedisError('ERR Invalid CLUSTER SETSLOT action or number of arguments. Try CLUSTER HELP')
  }
  member.updateState()
  return OK
}

function masterNamed({ view }: Member, name: string, unknown: string): ClusterPeer {
  const peer = view.known.find((one) => one.name === name)
  if (!peer) throw new RedisError(`ERR ${unknown} ${name}`)
  if (peer.master !== undefined) throw new RedisError('ERR Target node is not a master')
  return peer
}
