import { readFileSync } from 'node:fs'
import { buildCluster } from '../../../src/experiment/cluster/build.js'
import { clusterDefaults } from '../../../src/experiment/cluster/setup.js'
import { type Plain, plain, stringify } from '../../../src/redis/present.js'
import { RedisError, type Reply, Status } from '../../../src/redis/reply.js'
import { parseLine } from '../../../src/redis/script.js'
import type { Sent } from '../../../src/redis-deployment/cluster/client.js'
import { waitTime } from '../../../src/redis-deployment/cluster/script.js'
import { LabBuilder } from '../../../src/remote/local-servers.js'
import { Connection, type Wire } from '../../redis/random/wire.js'

/** Six nodes of a cluster, A to C with replicas D to F, simulated or real. */
export interface Nodes {
  readonly ports: readonly number[]
  ask(node: number, words: readonly string[]): Promise<Plain>
  wait(milliseconds: number): Promise<void>
  /** Asks the nodes over new connections from now on. */
  reconnect(): Promise<void>
  close(): Promise<void>
}

export function simulatedNodes(): Nodes {
  const { world, connections, plan } = buildCluster({ ...clusterDefaults, clients: 40 })
  const { clock } = world
  let client = 0
  clock.run(3000)
  return {
    ports: plan.addresses.map((address) => Number(address.split(':')[1])),
    async ask(node, words) {
      let sent: Sent | undefined
      connections[client].ask(plan.addresses[node], [words])((answer) => {
        sent = answer
      })
      while (sent === undefined) clock.step()
      return JSON.parse(stringify(plain((sent as readonly Reply[])[0])))
    },
    async wait(milliseconds) {
      clock.run(clock.now + milliseconds)
    },
    async reconnect() {
      client++
    },
    async close() {},
  }
}

export async function realNodes(): Promise<Nodes> {
  const builder = new LabBuilder()
  await builder.cluster(6)
  const ports = builder.lab.servers.map(({ port }) => port)
  const connect = () => Promise.all(ports.map((port) => Connection.open(port)))
  let connections = await connect()
  return {
    ports,
    ask: async (node, words) => JSON.parse(stringify(plain(replyOf(await connections[node].say(...words))))),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    async reconnect() {
      for (const connection of connections) connection.close()
      connections = await connect()
    },
    async close() {
      for (const connection of connections) connection.close()
      await builder.end()
    },
  }
}

function replyOf({ kind, text, items }: Wire): Reply {
  if (items) return items.map(replyOf)
  if (text === undefined) return null
  if (kind === '+') return new Status(text)
  if (kind === '-') return new RedisError(text)
  return kind === ':' ? Number(text) : text
}

const letter = (node: number) => String.fromCharCode(65 + node)

/** A line and what the node replied, with letters for ids and ports. */
export interface Step {
  readonly line: string
  readonly reply?: Plain
}

/**
 * Sends the lines of a file to nodes, one after the other. `B> GET x` asks node B; in its words `<A>` is the id of a node
 * and `<portA>` its port. `!wait 2s` lets time pass, and `!new` opens new connections. `# name` begins a group.
 */
export async function repliesOf(all: Nodes, file: URL): Promise<Record<string, Step[]>> {
  const groups: Record<string, Step[]> = {}
  let steps: Step[] = []
  const ids = new Map<string, string>()
  const nodes = await inOrder(all)
  await rename(nodes, ids)
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    if (line.startsWith('# ')) {
      steps = groups[line.slice(2)] = []
      await nodes.reconnect()
    } else if (line.startsWith('!wait ')) await nodes.wait(waitTime(line.slice(6), 60_000))
    else if (line === '!ids') await rename(nodes, ids)
    else {
      const [, node, words] = /^([A-F])> (.*)$/.exec(line)!
      const sent = parseLine(words, 1)!.words.map((word) => named(word, nodes.ports, ids))
      const reply = await nodes.ask(node.charCodeAt(0) - 65, sent)
      steps.push({ line, reply: ordered(words, neutral(reply, nodes.ports, ids)) })
    }
  }
  return groups
}

/** The masters, then the replica of each in their order: redis-cli gives out replicas at random. */
async function inOrder(nodes: Nodes): Promise<Nodes> {
  const masters = await Promise.all([0, 1, 2].map((node) => nodes.ask(node, ['CLUSTER', 'MYID'])))
  const replicas = async (node: number) => {
    const lines = String(await nodes.ask(node, ['CLUSTER', 'NODES'])).split('\n')
    const found = masters.map((id) => lines.find((line) => line.split(' ')[3] === id))
    return found.map((line) => nodes.ports.findIndex((port) => line?.includes(`:${port}@`)))
  }
  let [found, ...others] = await Promise.all([...nodes.ports.keys()].map(replicas))
  // The nodes learn of them one after the other.
  while ([found, ...others].flat().includes(-1)) {
    await nodes.wait(100)
    ;[found, ...others] = await Promise.all([...nodes.ports.keys()].map(replicas))
  }
  const order = [0, 1, 2, ...found]
  return {
    ...nodes,
    ports: order.map((node) => nodes.ports[node]),
    ask: (node, words) => nodes.ask(order[node], words),
  }
}

async function rename(nodes: Nodes, ids: Map<string, string>): Promise<void> {
  for (const node of nodes.ports.keys())
    ids.set(letter(node), String(await nodes.ask(node, ['CLUSTER', 'MYID'])))
}

/** A word with the id and the port that it names. */
const named = (word: string, ports: readonly number[], ids: ReadonlyMap<string, string>) =>
  word
    .replace(/<([A-F])>/g, (_, node: string) => ids.get(node)!)
    .replace(/<port([A-F])>/g, (_, node: string) => String(ports[node.charCodeAt(0) - 65]))

/** A reply with letters for ids and ports. */
function neutral(reply: Plain, ports: readonly number[], ids: ReadonlyMap<string, string>): Plain {
  let text = JSON.stringify(reply)
  for (const [node, id] of ids) text = text.replaceAll(id, `<${node}>`)
  for (const [node, port] of ports.entries())
    text = text
      .replaceAll(`:${port}@${port + 10_000}`, `:<port${letter(node)}>`)
      .replace(new RegExp(`(127\\.0\\.0\\.1:)${port}\\b`, 'g'), `$1<port${letter(node)}>`)
      .replace(new RegExp(`(?<=[,[])${port}(?=[,\\]])`, 'g'), `"<port${letter(node)}>"`)
  return JSON.parse(text)
}

/** The order of nodes is random, and times, offsets and counts of messages are those of the run. */
function ordered(words: string, reply: Plain): Plain {
  const command = words.toUpperCase()
  if (typeof reply === 'string' && command === 'CLUSTER NODES')
    return reply.trim().split('\n').map(timeless).sort()
  if (typeof reply === 'string' && command === 'CLUSTER INFO')
    return reply.split('\r\n').filter((line) => /^cluster_(?!stats)/.test(line))
  if (Array.isArray(reply) && /^CLUSTER (REPLICAS|SLAVES) /.test(command))
    return reply.map((line) => timeless(String(line))).sort()
  if (Array.isArray(reply) && /^CLUSTER (SHARDS|LINKS)$/.test(command))
    return reply.map(withoutCounts).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  return reply
}

const timeless = (line: string) => line.replace(/ \d+ \d+ (\d+ (dis)?connected)/, ' - - $1')

const COUNTS = /^(replication-offset|health|create-time|send-buffer-.*)$/

/** Fields and values of maps in a flat list, without the values that count something. */
function withoutCounts(reply: Plain): Plain {
  if (!Array.isArray(reply)) return reply
  return reply.map((item, i) => (COUNTS.test(String(reply[i - 1])) ? '-' : withoutCounts(item)))
}
