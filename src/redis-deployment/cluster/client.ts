import { SLOTS } from '../../placement/slots.js'
import type { Command } from '../../redis/command.js'
import { keysIn } from '../../redis/command-keys.js'
import { RedisError, type Reply } from '../../redis/reply.js'
import { findCommand } from '../../redis/table.js'
import type { Task, Wait } from '../../simulation/task.js'
import type { Argv } from '../messages/protocol.js'
import { slotOf } from './routing.js'
import { NOBODY } from './view.js'

/** A node that gave no reply. */
export class NoAnswer {
  constructor(readonly why: 'refused' | 'timeout') {}
}

/** The result of commands sent to a node: replies, or the reason why there are none. */
export type Sent = readonly Reply[] | NoAnswer

/** Nodes of a cluster by address, simulated or real. */
export interface ClusterConnections {
  ask(address: string, commands: readonly Argv[]): Wait<Sent>
  pause(milliseconds: number): Wait<void>
  /** Milliseconds of its clock. */
  readonly now: number
}

export interface ClientOptions {
  readonly seeds: readonly string[]
  /** The limit of MOVED and ASK that it follows for one command. */
  readonly redirections: number
  /** The limit of retries after TRYAGAIN, CLUSTERDOWN or no answer. */
  readonly retries: number
  /** Milliseconds before a retry. */
  readonly pause: number
}

/** Something that a client sent for a command, and why. */
export interface Hop {
  readonly address: string
  readonly commands: readonly Argv[]
  readonly why: 'slot' | 'any' | 'MOVED' | 'ASK' | 'again' | 'slots'
  readonly sent: Sent
}

/** The minimum of milliseconds between two requests for the map of slots. */
const REFRESH = 50

/**
 * A client of a cluster. It caches the owner of each slot and follows redirections: MOVED updates the cache and
 * triggers a refresh of all slots, ASK applies to one command. Redis Cluster specification, "Client first connection
 * and handling of redirections", "Multi-key operations".
 */
export class ClusterClient {
  /** The number of each slot's master among `addresses`; NOBODY where it isn't known. */
  private readonly owners = new Int16Array(SLOTS).fill(NOBODY)
  private readonly addresses: string[] = []
  private known: readonly string[]
  private isStale = true
  private refreshedAt = -Infinity
  refreshes = 0
  /** Called for everything that is sent. */
  watch: ((hop: Hop) => void) | undefined

  constructor(
    private readonly connections: ClusterConnections,
    private readonly options: ClientOptions,
  ) {
    this.known = options.seeds
  }

  /** Runs one command. */
  *run(words: Argv): Task<Sent> {
    return yield* this.send([words], keyOf([words]))
  }

  /** MULTI, some commands and EXEC, all sent over one connection to the node of the first key. */
  *transaction(commands: readonly Argv[]): Task<Sent> {
    return yield* this.send([['MULTI'], ...commands, ['EXEC']], keyOf(commands))
  }

  /** Commands that don't wait for one another: one message for each node. Replies come in their order. */
  *pipeline(commands: readonly Argv[]): Task<readonly (Reply | NoAnswer)[]> {
    yield* this.prepare()
    const groups = new Map<string, number[]>()
    for (const [i, words] of commands.entries()) {
      const address = this.addressOf(keyOf([words]))
      const group = groups.get(address)
      if (group) group.push(i)
      else groups.set(address, [i])
    }
    const results: (Reply | NoAnswer)[] = new Array(commands.length)
    const parts = [...groups].map(([address, places]) => ({
      address,
      places,
      own: places.map((i) => commands[i]),
    }))
    const sent: Sent[] = yield all(parts.map(({ address, own }) => this.connections.ask(address, own)))
    for (const [part, { address, own, places }] of parts.entries()) {
      const replies = sent[part]
      this.watch?.({ address, commands: own, why: 'slot', sent: replies })
      for (const [j, place] of places.entries()) {
        const reply = replies instanceof NoAnswer ? replies : replies[j]
        results[place] = reply
        if (!(reply instanceof NoAnswer) && !redirection(reply)) continue
        // Commands that were redirected are sent again, one by one.
        const again: Sent = yield* this.send([commands[place]], keyOf([commands[place]]))
        results[place] = again instanceof NoAnswer ? again : again[0]
      }
    }
    return results
  }

  private *prepare(): Task<void> {
    if (this.isStale && this.connections.now - this.refreshedAt >= REFRESH) yield* this.refresh()
  }

  /**
   * Sends commands that belong together, and follows redirections until they are answered or the limits are reached.
   */
  private *send(commands: readonly Argv[], key: string | undefined): Task<Sent> {
    yield* this.prepare()
    let address = this.addressOf(key)
    let why: Hop['why'] = key === undefined ? 'any' : 'slot'
    for (let hops = 0, retries = 0; ; ) {
      const isAsking: boolean = why === 'ASK'
      const raw: Sent = yield this.ask(address, isAsking ? [['ASKING'], ...commands] : commands, why)
      const sent: Sent = raw instanceof NoAnswer || !isAsking ? raw : raw.slice(1)
      const next: Next | undefined = nextOf(sent)
      const isGone = sent instanceof NoAnswer
      if (isGone) this.avoid(address)
      if (next === undefined) return sent
      if (next.kind !== 'again') {
        // A redirection for another slot than that of the first key: the commands have keys in several slots.
        const isOther = key !== undefined && next.slot !== slotOf(key)
        if (isOther || hops++ === this.options.redirections) return sent
        why = this.redirected(next)
        address = next.address
      } else {
        if (retries++ === this.options.retries) return sent
        why = 'again'
        yield this.connections.pause(this.options.pause)
        yield* this.prepare()
        address = this.addressOf(key, isGone ? address : undefined)
      }
    }
  }

  /** A node that doesn't answer is tried last, and the map of slots is refreshed: others may have its slots by now. */
  private avoid(address: string): void {
    this.isStale = true
    this.known = [...this.known.filter((one) => one !== address), address]
  }

  private ask(address: string, commands: readonly Argv[], why: Hop['why']): Wait<Sent> {
    return (resume) =>
      this.connections.ask(
        address,
        commands,
      )((sent) => {
        this.watch?.({ address, commands, why, sent })
        resume(sent)
      })
  }

  /** Applies a redirection: MOVED names the slot's owner, ASK only the node of this key. */
  protected redirected({ kind, slot, address }: Redirection): Redirection['kind'] {
    if (kind === 'MOVED') {
      this.owners[slot] = this.numberOf(address)
      this.isStale = true
    }
    return kind
  }

  /** Asks nodes one after the other for the map of slots, until one answers. */
  private *refresh(): Task<void> {
    this.isStale = false
    this.refreshedAt = this.connections.now
    this.refreshes++
    for (const address of this.known) {
      const sent: Sent = yield this.ask(address, [['CLUSTER', 'SLOTS']], 'slots')
      if (sent instanceof NoAnswer || !Array.isArray(sent[0])) continue
      this.learn(sent[0] as SlotsReply)
      return
    }
  }

  private numberOf(address: string): number {
    const known = this.addresses.indexOf(address)
    return known < 0 ? this.addresses.push(address) - 1 : known
  }

  private learn(ranges: SlotsReply): void {
    const addresses = new Set<string>()
    this.owners.fill(NOBODY)
    for (const [from, to, [host, port], ...replicas] of ranges) {
      const address = `${host}:${port}`
      this.owners.fill(this.numberOf(address), Number(from), Number(to) + 1)
      addresses.add(address)
      for (const [replica, at] of replicas) addresses.add(`${replica}:${at}`)
    }
    if (addresses.size > 0)
      this.known = [...addresses, ...this.options.seeds.filter((one) => !addresses.has(one))]
  }

  /** The cached owner of a key's slot, or another node if that one is to be avoided. */
  private addressOf(key: string | undefined, avoided?: string): string {
    const known = key === undefined ? undefined : this.addresses[this.owners[slotOf(key)]]
    if (known !== undefined && known !== avoided) return known
    return known ?? this.known.find((address) => address !== avoided) ?? this.known[0]
  }
}

type Place = readonly [host: string, port: number, name: string, details: Reply]
type SlotsReply = readonly (readonly [from: number, to: number, master: Place, ...replicas: Place[]])[]

/** A redirection to another node. */
export interface Redirection {
  readonly kind: 'MOVED' | 'ASK'
  readonly slot: number
  readonly address: string
}

/** What to do next: follow a redirection, or retry after a pause. */
type Next = Redirection | { readonly kind: 'again' }

function nextOf(sent: Sent): Next | undefined {
  if (sent instanceof NoAnswer) return { kind: 'again' }
  for (const reply of sent) {
    const found = redirection(reply)
    if (found) return found
  }
  return undefined
}

/** The redirection or the retry that a reply asks for. */
export function redirection(reply: Reply): Next | undefined {
  if (!(reply instanceof RedisError)) return undefined
  const [kind, slot, address] = reply.text.split(' ')
  if (kind === 'MOVED' || kind === 'ASK') return { kind, slot: Number(slot), address }
  return kind === 'TRYAGAIN' || kind === 'CLUSTERDOWN' ? { kind: 'again' } : undefined
}

/** The first key that some commands name. */
export function keyOf(commands: readonly Argv[]): string | undefined {
  for (const words of commands) {
    const command: Command | undefined = findCommand(words)
    const [key] = command ? keysIn(command, words) : []
    if (key !== undefined) return key
  }
  return undefined
}

/** Waits for all of several. */
function all<T>(waits: readonly Wait<T>[]): Wait<T[]> {
  return (resume) => {
    const values: T[] = new Array(waits.length)
    let left = waits.length
    if (left === 0) resume(values)
    for (const [i, wait] of waits.entries()) {
      wait((value) => {
        values[i] = value
        if (--left === 0) resume(values)
      })
    }
  }
}
