import { SLOTS } from '../placement/slots.js'
import { slotOf } from '../redis-deployment/cluster/routing.js'
import { type Address, nodeAddress } from './address.js'
import { ClusterLinks } from './cluster-links.js'
import { readSlots, type SlotMap, slotTags } from './cluster-slots.js'
import { bounded } from './in-flight.js'
import { KeySet } from './key-set.js'
import { destroy, openRedis } from './redis-connection.js'
import { describe, limitOf, type Send, texts } from './redis-server.js'
import { BATCH, inTime, type RemoteServer } from './server.js'
import { RemoteSession } from './session.js'

/**
 * The masters of a real Redis Cluster in the place of simulated nodes. Names of keys begin with this session's prefix and
 * a tag that leaves each key in the slot that it has without them. Redirections are followed.
 */
export class ClusterSession extends RemoteSession {
  private readonly tags = slotTags()
  private slots: ArrayLike<number> = []

  private constructor(
    servers: readonly RemoteServer[],
    /** Whose slots were whose when the session began. */
    readonly map: SlotMap,
    private readonly links: ClusterLinks,
  ) {
    super(servers)
  }

  /** Connects with all masters; undefined where the address is of no cluster. Throws InputError. */
  static async ofCluster(address: Address, env: NodeJS.ProcessEnv): Promise<ClusterSession | undefined> {
    const { connection } = await openRedis(address, env)
    const links = new ClusterLinks(address, connection, env)
    try {
      const map = await readSlots(connection, address.text)
      if (map) {
        const masters = map.masters.map((node) => serverOf(nodeAddress(address, node), node, links))
        return new ClusterSession(
          (await Promise.all(masters)).map((server) => bounded(server)),
          map,
          links,
        )
      }
    } catch (error) {
      links.close()
      throw error
    }
    destroy(connection)
    return undefined
  }

  /** Tells the slot of each key, by its number. */
  place(slots: ArrayLike<number>): void {
    this.slots = slots
  }

  /** How many commands were redirected. */
  get redirected(): number {
    return this.links.redirected
  }

  protected override nameOf(key: number): string {
    return `${this.prefix}{${this.tags[this.slots[key]]}}:${key}`
  }

  /** By slot, so that keys that one command may delete are next to one another. */
  protected override *namesOn(node: number): Generator<string> {
    const bySlot = sortedBy(this.slots, this.written[node])
    for (const key of bySlot) yield this.nameOf(key)
  }

  /** The keys of this session that a node holds, by SCAN: it tells them whoever owns their slots. */
  async keysOn(node: number, progress: (done: number) => void): Promise<KeySet> {
    const found = new KeySet()
    const connection = await this.links.to(this.map.masters[node])
    let cursor = '0'
    do {
      const before = found.size
      const words = ['SCAN', cursor, 'MATCH', `${this.prefix}*`, 'COUNT', String(BATCH)]
      const reply = await inTime(connection.sendCommand(words), 'no answer')
      const [next, names] = reply as [string, string[]]
      // A key may be told twice.
      for (const name of names) found.add(Number(name.slice(name.lastIndexOf(':') + 1)))
      cursor = next
      progress(found.size - before)
    } while (cursor !== '0')
    return found
  }

  override async end(): Promise<number> {
    return super.end().finally(() => this.links.close())
  }
}

/** A master, whose redirections are followed. */
async function serverOf(address: Address, node: string, links: ClusterLinks): Promise<RemoteServer> {
  const connection = await links.to(node)
  const send: Send = (words) => links.send(connection, words)
  return {
    address,
    limit: limitOf(await describe(connection)),
    ...texts(send),
    count: async (keys) => {
      const counts = await Promise.all(keys.map((key) => send(['EXISTS', key])))
      return counts.filter((count) => Number(count) === 1).length
    },
    delete: (keys) => unlink(send, keys),
    close() {},
  }
}

/** A command for each run of keys of one slot, as it takes no others. */
async function unlink(send: Send, keys: readonly string[]): Promise<void> {
  const sent: Promise<unknown>[] = []
  for (let from = 0, to = 0; from < keys.length; from = to) {
    const slot = slotOf(keys[from])
    do to++
    while (to < keys.length && slotOf(keys[to]) === slot)
    const run = keys.slice(from, to)
    sent.push(
      send(['UNLINK', ...run]).catch((error: Error) => {
        // The slot is moving, and some of the keys have moved.
        if (!error.message.startsWith('TRYAGAIN')) throw error
        return Promise.all(run.map((key) => send(['UNLINK', key])))
      }),
    )
  }
  await Promise.all(sent)
}

/** Keys in the order of their slots. O(keys + slots). */
function sortedBy(slots: ArrayLike<number>, keys: KeySet): Uint32Array {
  const ends = new Uint32Array(SLOTS + 1)
  for (const key of keys) ends[slots[key] + 1]++
  for (let slot = 0; slot < SLOTS; slot++) ends[slot + 1] += ends[slot]
  const sorted = new Uint32Array(keys.size)
  for (const key of keys) sorted[ends[slots[key]]++] = key
  return sorted
}
