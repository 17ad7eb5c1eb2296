import { shown } from '../../src/grading/cases.js'
import type { Service } from '../../src/grading/exercise.js'
import type { Command } from './together.js'

export interface Range {
  readonly from: number
  readonly to: number
  readonly node: string
}

/** What a client doesn't know of a key. Nodes are counted from the one in the client's map, in a circle. */
export interface Fate {
  readonly key: string
  /**
   * What the nodes say: each on the path names the next, and the last one owns the slot; where that has come before,
   * they go on naming each other.
   */
  readonly path: readonly number[]
  /** Where the slot is moving to. */
  readonly movingTo?: number
  /** Whether this key has moved already. */
  readonly isGone?: boolean
  readonly value?: string
}

/** A cluster, the map that a client has of it, and what the client is to do. */
export interface Situation {
  readonly nodes: readonly string[]
  readonly map: readonly Range[]
  readonly fates: readonly Fate[]
  readonly commands: readonly Command[]
}

export type Slots = (key: string) => number
type Reply = string | number | null

/** One message to a node; an answer is null where there is none. */
export interface Sent {
  readonly node: string
  readonly command: Command
  readonly answer: string
}

/** Messages after which nodes answer anything, so that a client that never gives up comes to an end. */
const MAX_SENT = 60

interface Place {
  readonly fate: Fate
  readonly path: readonly string[]
  readonly movingTo: string | undefined
}

/** The nodes of a situation, under an idea of which slots keys have. */
export class Cluster {
  readonly sent: Sent[] = []
  private readonly places = new Map<number, Place>()
  private readonly stores = new Map<string, Map<string, string>>()
  private readonly asking = new Set<string>()

  constructor(
    private readonly situation: Situation,
    private readonly slotOf: Slots,
  ) {
    const { nodes, fates } = situation
    for (const node of nodes) this.stores.set(node, new Map())
    for (const fate of fates) {
      const first = nodes.indexOf(this.mapped(slotOf(fate.key)))
      const at = (step: number) => nodes[(first + step) % nodes.length]
      const place = this.places.get(slotOf(fate.key)) ?? {
        fate,
        path: fate.path.map(at),
        movingTo: fate.movingTo === undefined ? undefined : at(fate.movingTo),
      }
      this.places.set(slotOf(fate.key), place)
      const home = fate.isGone ? place.movingTo : place.path.at(-1)
      if (fate.value !== undefined && home) this.stores.get(home)!.set(fate.key, fate.value)
    }
  }

  /** Whose a slot is by the client's map. */
  mapped(slot: number): string {
    return this.situation.map.find(({ from, to }) => from <= slot && slot <= to)!.node
  }

  readonly service: Service = {
    send: (node, command) => {
      const reply = this.reply(node, command)
      const words = Array.isArray(command) ? command.map(String) : [shown(command)]
      const answer = reply instanceof Error ? reply.message : shown(reply)
      this.sent.push({ node: typeof node === 'string' ? node : shown(node), command: words, answer })
      if (reply instanceof Error) throw reply
      return reply
    },
  }

  private reply(node: unknown, command: unknown): Reply | Error {
    const store = typeof node === 'string' && this.stores.get(node)
    if (typeof node !== 'string' || !store) return new Error(`there is no node ${shown(node)}`)
    if (!Array.isArray(command) || !command.every((one) => typeof one === 'string'))
      return new Error(`ERR a command is a list of words, not ${shown(command)}`)
    const [name = '', key, value] = command as string[]
    const wasAsking = this.asking.delete(node)
    if (name.toUpperCase() === 'ASKING') {
      this.asking.add(node)
      return 'OK'
    }
    if (this.sent.length > MAX_SENT) return null
    return this.redirection(node, key, wasAsking) ?? execute(store, name.toUpperCase(), key, value)
  }

  private redirection(node: string, key: string, wasAsking: boolean): Error | undefined {
    const slot = this.slotOf(key)
    const place = this.places.get(slot)
    const path = place?.path ?? [this.mapped(slot)]
    const step = path.indexOf(node)
    const next = step < 0 || step === path.length - 1 ? path[path.length - 1] : path[step + 1]
    if (place?.movingTo === node && wasAsking) return undefined
    if (next !== node) return new Error(`MOVED ${slot} ${next}`)
    if (place?.movingTo === undefined || this.stores.get(node)!.has(key)) return undefined
    return new Error(`ASK ${slot} ${place.movingTo}`)
  }
}

function execute(store: Map<string, string>, name: string, key: string, value: string): Reply | Error {
  switch (name) {
    case 'GET':
      return store.get(key) ?? null
    case 'SET':
      store.set(key, value)
      return 'OK'
    case 'INCR': {
      const before = store.get(key) ?? '0'
      if (!/^-?\d{1,9}$/.test(before)) return new Error('ERR value is not an integer or out of range')
      store.set(key, String(Number(before) + 1))
      return Number(before) + 1
    }
    default:
      return new Error(`ERR unknown command '${name}'`)
  }
}

const MAX_REDIRECTIONS = 5

/** What a client should send in a situation, and the replies that it gets. */
export function rightRun(situation: Situation, slotOf: Slots) {
  const cluster = new Cluster(situation, slotOf)
  const send = (node: string, command: Command) => cluster.service.send(node, command) as Reply
  const moved = new Map<number, string>()
  const replies = situation.commands.map((command) => {
    const slot = slotOf(command[1])
    let node = moved.get(slot) ?? cluster.mapped(slot)
    for (let redirections = 0; ; redirections++) {
      try {
        return send(node, command)
      } catch (error) {
        const { message } = error as Error
        const [kind, , target] = message.split(' ')
        if (!['MOVED', 'ASK'].includes(kind) || redirections === MAX_REDIRECTIONS) return message
        node = target
        if (kind === 'MOVED') moved.set(slot, node)
        else send(node, ['ASKING'])
      }
    }
  })
  return { sent: cluster.sent, replies }
}
