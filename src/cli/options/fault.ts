import { InputError } from '../../input-error.js'
import { formatTime } from '../../report/format.js'
import { type Fault, inOrder, misplaced } from '../../simulation/faults.js'
import { each, milliseconds } from './arguments.js'
import { type Declared, type FlagsOf, option } from './declare.js'
import { nodeNumber } from './load.js'

/** A fault as typed after an option. */
export interface TypedFault {
  readonly flag: string
  readonly subject: string
  readonly at: number
  /** The number after the colon: a factor, or milliseconds. */
  readonly extent: number
  readonly text: string
}

/** Kinds of faults, in the order in which they happen at the same time. */
const kinds = {
  heal: ['@time', 'ends partitions, hangs and slowness'],
  kill: ['node@time', 'a node stops and loses its memory'],
  restart: ['node@time', 'a node that is down starts again, empty'],
  hang: ['node@time', 'a node takes requests and never answers'],
  slow: ['node@time:10x', 'a node takes this many times as long for each request'],
  stall: ['node@time:time', 'a node pauses for this long'],
  partition: ['groups@time', 'the network splits, as in node-A|node-B,node-C@3s or node-A|rest@3s'],
} as const

type Kind = keyof typeof kinds

/** One option for each kind of fault; each may be given several times. */
export const faultOptions = Object.fromEntries(
  Object.entries(kinds).map(([kind, [shape, what]]) => {
    const declared = option(
      `<${shape}>`,
      what,
      each((text, flag) => parse(flag, shape, text)),
    )
    return [kind, kind === 'kill' ? declared.first() : declared]
  }),
) as Record<Kind, Declared<TypedFault[] | undefined>>

export type FaultFlags = FlagsOf<typeof faultOptions>

function parse(flag: string, shape: string, text: string): TypedFault {
  const match = /^(.*)@([^@:]+)(?::([^:]+))?$/.exec(text)
  const at = milliseconds(match?.[2] ?? '')
  const extent = extentOf(flag, match?.[3])
  const hasSubject = flag === '--heal' ? match?.[1] === '' : Boolean(match?.[1])
  if (!match || !hasSubject || Number.isNaN(at) || Number.isNaN(extent)) {
    throw new InputError(`${flag} must be ${shape}, such as ${example(flag)}, got ${JSON.stringify(text)}`)
  }
  return { flag, subject: match[1], at, extent, text }
}

/** The number after the colon, 0 for kinds of faults without one; NaN where it can't be used. */
function extentOf(flag: string, text: string | undefined): number {
  if (flag === '--stall') return milliseconds(text ?? '') || Number.NaN
  if (flag !== '--slow') return text === undefined ? 0 : Number.NaN
  const factor = /^(\d+(?:\.\d+)?)x$/.exec(text ?? '')?.[1]
  return Number(factor) >= 1 ? Number(factor) : Number.NaN
}

function example(flag: string): string {
  if (flag === '--heal') return '@5s'
  if (flag === '--slow') return 'node-A@1s:10x'
  if (flag === '--stall') return 'node-A@1s:500ms'
  if (flag === '--partition') return 'node-A|node-B,node-C@3s'
  return 'node-B@2s'
}

/** The faults in order of time. Throws InputError for one that can't happen. */
export function faultsOf(flags: FaultFlags, nodes: readonly string[], duration: number): Fault[] {
  const typed = (Object.keys(kinds) as Kind[]).flatMap((kind) => flags[kind] ?? [])
  const faults = typed.map((fault) => {
    if (fault.at > duration) {
      throw new InputError(
        `${fault.flag} ${fault.text} is after the end: --duration is ${formatTime(duration)}`,
      )
    }
    return faultOf(fault, nodes)
  })
  const wrong = misplaced(faults)
  if (wrong?.kind === 'restart') {
    throw new InputError(
      `--restart ${nodes[wrong.node]}@${formatTime(wrong.at)}: the node is not down then; kill or hang it before`,
    )
  }
  return inOrder(faults)
}

/** Throws InputError for a fault that only a node can have, at an actor that isn't one of the first `nodes`. */
export function checkOnlyNodesFail(faults: readonly Fault[], actors: readonly string[], nodes: number): void {
  for (const fault of faults)
    if ('node' in fault && fault.node >= nodes)
      throw new InputError(
        `--${fault.kind} ${actors[fault.node]}: clients can only be cut off, with --partition`,
      )
}

function faultOf({ flag, subject, at, extent, text }: TypedFault, nodes: readonly string[]): Fault {
  switch (flag) {
    case '--heal':
      return { kind: 'heal', at }
    case '--slow':
      return { kind: 'slow', at, node: nodeNumber(flag, subject, nodes), factor: extent }
    case '--stall':
      return { kind: 'stall', at, node: nodeNumber(flag, subject, nodes), duration: extent }
    case '--partition':
      return { kind: 'partition', at, groups: groupsOf(subject, text, nodes) }
    default:
      return {
        kind: flag.slice(2) as 'kill' | 'restart' | 'hang',
        at,
        node: nodeNumber(flag, subject, nodes),
      }
  }
}

/** Throws InputError unless every node is in exactly one group. */
function groupsOf(subject: string, text: string, nodes: readonly string[]): number[][] {
  const parts = subject.split('|').map((group) => group.split(','))
  const rest = parts.findIndex((names) => names.length === 1 && names[0] === 'rest')
  const groups = parts.map((names, i) =>
    i === rest ? [] : names.map((name) => nodeNumber('--partition', name, nodes)),
  )
  if (rest >= 0) groups[rest] = [...nodes.keys()].filter((node) => !groups.flat().includes(node))
  const named = groups.flat()
  const twice = named.find((node, i) => named.indexOf(node) < i)
  if (twice !== undefined) throw new InputError(`--partition ${text} names ${nodes[twice]} twice`)
  const left = nodes.find((_, node) => !named.includes(node))
  if (left !== undefined)
    throw new InputError(
      `--partition ${text} leaves out ${left}: name every node in one of the groups, or one group rest`,
    )
  if (groups.length < 2 || groups.some((group) => group.length === 0))
    throw new InputError(`--partition ${text} has one group only: write | between two`)
  return groups
}
