import { InputError } from '../input-error.js'
import { SLOTS } from '../placement/slots.js'
import { slotOf } from '../redis-deployment/cluster/routing.js'
import { isErrorReply, type RedisConnection } from './redis-connection.js'

/** Who owns the slots of a real cluster. */
export interface SlotMap {
  /** The masters as `host:port`, in the order of their first slots. */
  readonly masters: readonly string[]
  /** For each slot, which of them owns it. */
  readonly owners: Uint16Array
}

/** What CLUSTER SLOTS says of a range; replicas, ids and other details follow. */
type Range = readonly [from: number, to: number, master: readonly [host: string | null, port: number]]

/** Asks a node for the slot map; undefined where it is none of a cluster. Throws InputError where slots have no node. */
export async function readSlots(connection: RedisConnection, label: string): Promise<SlotMap | undefined> {
  const reply = await connection.sendCommand(['CLUSTER', 'SLOTS']).catch((error: Error) => error)
  if (reply instanceof Error && isErrorReply(reply)) return undefined
  if (reply instanceof Error) throw reply
  const ranges = [...(reply as Range[])].sort((a, b) => a[0] - b[0])
  const masters: string[] = []
  const owners = new Uint16Array(SLOTS)
  let covered = 0
  for (const [from, to, [host, port]] of ranges) {
    const node = `${host ?? ''}:${port}`
    if (!masters.includes(node)) masters.push(node)
    owners.fill(masters.indexOf(node), from, to + 1)
    covered += to + 1 - from
  }
  if (covered === SLOTS) return { masters, owners }
  throw new InputError(
    `the cluster of ${label} has no node for ${SLOTS - covered} of its ${SLOTS} slots (CLUSTER SLOTS)`,
  )
}

let tags: string[] | undefined

/** For each slot a text that hashes to it: in braces it puts a key of any name there. Some 170,000 hashes the first time. */
export function slotTags(): readonly string[] {
  if (tags) return tags
  tags = new Array<string>(SLOTS)
  for (let i = 0, left = SLOTS; left > 0; i++) {
    const tag = i.toString(36)
    const slot = slotOf(tag)
    if (tags[slot] !== undefined) continue
    tags[slot] = tag
    left--
  }
  return tags
}
