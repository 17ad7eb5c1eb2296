import type { ReadResult, WriteResult } from '../../cache-cluster/client.js'
import type { Cluster } from '../../cache-cluster/cluster.js'
import type { Reply, Request } from '../../cache-cluster/protocol.js'
import { hashFunctions, hashText } from '../../hashing/index.js'
import { keyHash } from '../../placement/index.js'
import { type Findings, reportOf } from '../../report/build.js'
import { countOf, formatNumber } from '../../report/format.js'
import type { Cell, Report, SequenceLine } from '../../report/index.js'
import { CLIENT, type Message } from '../../simulation/network.js'
import { start, type Task } from '../../simulation/task.js'
import { build, parametersOf, type ReplicationSetup } from './setup.js'

export interface TraceOptions extends ReplicationSetup {
  readonly key: string
  /** The node that fails; undefined for the key's primary. */
  readonly victim: string | undefined
  readonly fault: 'kill' | 'hang'
}

/** One thing that a client did. */
interface Step {
  readonly name: string
  readonly result: ReadResult | WriteResult
  readonly took: number
}

/** Follows one key: it is written and read, a node fails, and it is read and written again. */
export function replicationTrace(options: TraceOptions): Report {
  const { nodes, key } = options
  const position = hashText(keyHash(options.placement, hashFunctions[options.hash], [nodes.length]).hash, key)
  const cluster = build({ ...options, keys: 1 }, Uint32Array.of(position))
  const owners = cluster.membership.ownersOf(0)
  const victim = options.victim === undefined ? owners[0] : nodes.indexOf(options.victim)
  const recorder = new Recorder(cluster)
  const { client } = cluster
  const steps = [
    recorder.run('set', client.set(0)),
    recorder.run('get', client.get(0)),
    recorder.fail(victim, options.fault),
    recorder.run('get', client.get(0)),
    recorder.run('set', client.set(0)),
  ].filter((step) => step !== undefined)
  return reportOf('replicate trace', {
    title: `Reads and writes of "${key}" before and after a ${options.fault}`,
    parameters: { ...parametersOf(options), keys: null, failing: nodes[victim] },
    tables: {
      steps: {
        title: `Owners, clockwise: ${owners.map((node) => nodes[node]).join(', ')}`,
        columns: {
          step: 'request',
          outcome: 'result',
          node: 'answered by',
          hops: ['hops', 'count'],
          took: ['took', 'ms'],
        },
        rows: steps.map((step, i) => rowOf(step, i < 2 ? '' : ` after the ${options.fault}`, nodes)),
      },
      messages: {
        title: 'Messages',
        shownElsewhere: true,
        columns: { at: ['at', 'ms'], from: 'from', to: 'to', message: 'message' },
        rows: recorder.messages.map(({ time, from, to, content }) => ({
          at: time,
          from: nameOf(from, nodes),
          to: nameOf(to, nodes),
          message: describe(content),
        })),
      },
    },
    figures: [
      {
        kind: 'sequence',
        title: 'Messages between client and nodes',
        actors: ['client', ...nodes],
        lines: recorder.lines,
      },
    ],
    findings: findings(options, steps, nodes[victim], owners.includes(victim)),
  })
}

/** Runs the client's steps and records every message. */
class Recorder {
  readonly messages: Message<Request, Reply>[] = []
  private readonly notes: SequenceLine[] = []

  constructor(private readonly cluster: Cluster) {
    cluster.network.watch = (message) => this.messages.push(message)
  }

  run(name: string, task: Task<ReadResult | WriteResult>): Step {
    const { clock } = this.cluster
    const began = clock.now
    let step: Step | undefined
    this.notes.push({ at: began, who: [0], text: name })
    start(task, (result) => {
      step = { name, result, took: clock.now - began }
      this.notes.push({ at: clock.now, who: [0], text: result.ok ? `${name}: done` : `${name}: failed` })
    })
    clock.run()
    return step!
  }

  fail(node: number, kind: 'kill' | 'hang'): undefined {
    const { clock } = this.cluster
    this.notes.push({ at: clock.now, who: [node + 1], text: kind === 'kill' ? 'killed' : 'hangs' })
    this.cluster.apply({ kind, at: clock.now, node })
  }

  /** Messages and notes in the order of their times. */
  get lines(): SequenceLine[] {
    const arrows = this.messages.map(
      ({ time, from, to, content, delivered }): SequenceLine => ({
        at: time,
        from: from + 1,
        to: [to + 1],
        text: describe(content),
        isLost: !delivered,
      }),
    )
    const isEnd = (line: SequenceLine) => 'who' in line && line.text.includes(':')
    return [...arrows, ...this.notes].sort(
      (a, b) => a.at - b.at || Number(isEnd(a)) - Number(isEnd(b)) || Number('who' in b) - Number('who' in a),
    )
  }
}

function nameOf(sender: number, nodes: readonly string[]): string {
  return sender === CLIENT ? 'client' : nodes[sender]
}

function describe(content: Request | Reply): string {
  if ('kind' in content) return content.kind === 'put' ? `put v${content.entry.version}` : content.kind
  return content.status === 'found' ? `found v${content.entry.version}` : content.status
}

function rowOf({ name, result, took }: Step, when: string, nodes: readonly string[]): Record<string, Cell> {
  if ('hops' in result) {
    return {
      step: `get${when}`,
      outcome: !result.ok ? 'no answer' : result.entry ? `version ${result.entry.version}` : 'no such key',
      node: result.node === undefined ? null : nodes[result.node],
      hops: result.hops,
      took,
    }
  }
  return {
    step: `${name}${when}`,
    outcome: `version ${result.version} ${result.ok ? 'acknowledged' : 'not acknowledged'}`,
    node: null,
    hops: null,
    took,
  }
}

function findings(options: TraceOptions, steps: readonly Step[], victim: string, isOwner: boolean): Findings {
  const [, before, after, write] = steps
  const read = after.result as ReadResult
  const hops = read.hops
  return {
    read: {
      text: !isOwner
        ? `${victim} holds no copy of this key: nothing changes.`
        : !read.ok
          ? `The key can't be read any more: ${options.replicas === 1 ? 'its only copy was there' : 'too few of its owners answer'}.`
          : hops > 1
            ? `The read after it takes ${countOf(hops, 'hop')} and ${formatNumber(after.took, 'ms')} instead of ${formatNumber(before.took, 'ms')}: ${options.fault === 'kill' ? 'a dead node refuses at once' : `a node that hangs costs the whole timeout of ${formatNumber(options.timeout, 'ms')}`}, then the next owner answers.`
            : `The read after it still takes one hop: it does not need ${victim}.`,
      measured: hops,
    },
    write: write.result.ok
      ? 'The write after it is acknowledged by the remaining owners.'
      : `The write after it is not acknowledged: ${options.mode} needs ${options.mode === 'sync' ? 'all owners' : 'more owners'}. It would be after the failed node is declared dead and another takes its place; this trace ends before that.`,
  }
}
