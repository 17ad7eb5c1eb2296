import { InputError } from '../../input-error.js'
import { textOf } from '../../redis-deployment/cluster/node-event.js'
import { type ScriptTarget, waitTime } from '../../redis-deployment/cluster/script.js'
import { formatDuration } from '../../report/format.js'
import { start, type Task } from '../../simulation/task.js'
import { buildCluster, type Cluster } from './build.js'
import { WARM_UP } from './history.js'
import type { Move } from './moves.js'
import { mastersOf } from './reshard.js'
import type { ClusterSetup } from './setup.js'
import { type Moved, moveSlots } from './tool.js'

/** Milliseconds of virtual time that one line may take. */
const PATIENCE = 600_000
/** Retries of a client after TRYAGAIN, CLUSTERDOWN or no answer, 100 ms apart. */
const RETRIES = 10

/** A cluster in virtual time for scripts. Time passes only during a command and with !wait. */
export class SimulatedTarget implements ScriptTarget {
  private readonly cluster: Cluster

  constructor(private readonly setup: ClusterSetup) {
    this.cluster = buildCluster({ ...setup, clients: 2 }, {}, RETRIES)
    this.cluster.world.clock.run(WARM_UP)
  }

  get client() {
    return this.cluster.clients[0]
  }

  get connections() {
    return this.cluster.connections[0]
  }

  /** The connections of the tool that moves slots: what it sends doesn't get into a transaction of the script. */
  private get toolConnections() {
    return this.cluster.connections[1]
  }

  async finish<T>(task: Task<T>): Promise<T> {
    let ended: { readonly value: T } | undefined
    start(task, (value) => {
      ended = { value }
    })
    const { clock } = this.cluster.world
    const until = clock.now + PATIENCE
    while (!ended && clock.now < until) clock.step()
    if (!ended) throw new InputError(`a command did not end within ${formatDuration(PATIENCE)}`)
    return ended.value
  }

  addressOf(name: string): string | undefined {
    const node = this.cluster.names.indexOf(name)
    return node < 0 ? undefined : this.cluster.plan.addresses[node]
  }

  nameOf(address: string): string {
    return this.cluster.names[this.cluster.plan.addresses.indexOf(address)] ?? address
  }

  async direct([name, ...words]: readonly string[]): Promise<string> {
    if (!Object.hasOwn(this.directives, name))
      throw new InputError(
        `there is no directive !${name}; there are ${Object.keys(this.directives)
          .concat('pipeline', 'end')
          .map((one) => `!${one}`)
          .join(', ')}`,
      )
    return this.directives[name](words)
  }

  private readonly directives: Readonly<
    Record<string, (words: readonly string[]) => string | Promise<string>>
  > = {
    kill: (words) => this.fault('kill', words),
    restart: (words) => this.fault('restart', words),
    hang: (words) => this.fault('hang', words),
    heal: () => {
      this.cluster.world.apply({ kind: 'heal', at: this.now })
      return 'all faults healed'
    },
    wait: ([time]) => {
      const milliseconds = waitTime(time, PATIENCE)
      const { clock } = this.cluster.world
      const before = this.cluster.events.length
      clock.run(clock.now + milliseconds)
      const { events, names } = this.cluster
      return [
        `${formatDuration(milliseconds)} later`,
        ...events.slice(before).map((event) => `${names[event.node]}: ${textOf(event, names)}`),
      ].join('\n')
    },
    open: (words) => this.open(words),
    move: (words) => this.move(words),
    nodes: () => this.describe(),
  }

  private get now(): number {
    return this.cluster.world.clock.now
  }

  private node(name: string | undefined): number {
    const node = this.cluster.names.indexOf(name ?? '')
    if (node < 0 || node >= this.cluster.nodes.length)
      throw new InputError(
        `there is no node ${JSON.stringify(name ?? '')} (nodes: ${this.cluster.names.slice(0, this.cluster.nodes.length).join(', ')})`,
      )
    return node
  }

  private fault(kind: 'kill' | 'restart' | 'hang', [name]: readonly string[]): string {
    const node = this.node(name)
    const isUp = this.cluster.nodes[node].state === 'up'
    if (isUp === (kind === 'restart')) throw new InputError(`${name} is already ${isUp ? 'up' : 'down'}`)
    this.cluster.world.apply({ kind, at: this.now, node })
    return `${name} ${{ kill: 'killed', restart: 'restarted, empty', hang: 'hangs' }[kind]}`
  }

  private moveOf([slot, name]: readonly string[]): Move {
    const number = Number(slot)
    if (!Number.isInteger(number) || number < 0 || number > 16383)
      throw new InputError(`a slot must be a whole number from 0 to 16383, got ${JSON.stringify(slot ?? '')}`)
    const to = this.node(name)
    const from = this.ownerOf(number)
    if (!mastersOf(this.setup).includes(to) && this.cluster.nodes[to].master !== undefined)
      throw new InputError(`${name} is a replica: only masters own slots`)
    if (from === to) throw new InputError(`${name} already owns slot ${number}`)
    return { slot: number, from, to }
  }

  private ownerOf(slot: number): number {
    const alive = this.cluster.nodes.find(({ state }) => state === 'up')
    if (!alive) throw new InputError('all nodes are down')
    return alive.member.view.owners[slot]
  }

  private async open(words: readonly string[]): Promise<string> {
    const { slot, from, to } = this.moveOf(words)
    const { nodes, names, plan } = this.cluster
    const setSlot = (node: number, how: string, other: number) => ({
      address: plan.addresses[node],
      words: ['CLUSTER', 'SETSLOT', String(slot), how, nodes[other].member.me.name],
    })
    const { toolConnections } = this
    for (const { address, words } of [setSlot(to, 'IMPORTING', from), setSlot(from, 'MIGRATING', to)])
      await this.finish(
        (function* (): Task<unknown> {
          return yield toolConnections.ask(address, [words])
        })(),
      )
    return `slot ${slot} is moving from ${names[from]} to ${names[to]}; its keys are still on ${names[from]}`
  }

  private async move(words: readonly string[]): Promise<string> {
    const move = this.moveOf(words)
    const { nodes, names } = this.cluster
    const moved: Moved = { slots: 0, keys: 0, problem: undefined }
    await this.finish(
      moveSlots(
        this.toolConnections,
        nodes.map(({ member: { me } }) => me),
        mastersOf(this.setup),
        [move],
        { pipeline: 1, timeout: 60_000 },
        moved,
      ),
    )
    return (
      moved.problem ??
      `slot ${move.slot} moved from ${names[move.from]} to ${names[move.to]}, with ${moved.keys} ${moved.keys === 1 ? 'key' : 'keys'}`
    )
  }

  private describe(): string {
    const { nodes, names } = this.cluster
    const alive = nodes.find(({ state }) => state === 'up')
    if (!alive) return 'all nodes are down'
    const { view } = alive.member
    const ranges = view.ranges()
    return nodes
      .map(({ id, state }) => {
        const { master } = view.peers[id]
        const own = ranges
          .filter(({ owner }) => owner === id)
          .map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`))
        const role =
          master === undefined ? `master ${own.join(' ') || 'without slots'}` : `replica of ${names[master]}`
        return `${names[id]}  ${role}${state === 'up' ? '' : `, ${state}`}`
      })
      .join('\n')
  }
}
