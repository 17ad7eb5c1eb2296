import { type Command, Option } from 'commander'
import { InputError } from '../input-error.js'
import { formatTime } from '../report/format.js'
import { type Fault, inOrder, misplaced } from '../simulation/faults.js'
import { milliseconds } from './arguments.js'
import { nodeNumber } from './replication-options.js'

/** What breaks, as it is typed after an option: what and when. */
interface TypedFault {
  readonly flag: string
  readonly subject: string
  readonly at: number
  readonly factor: number
  readonly text: string
}

/** What `faultOptions` reads from the command line. */
export type FaultFlags = Partial<
  Record<'heal' | 'kill' | 'restart' | 'hang' | 'slow' | 'partition', TypedFault[]>
>

/** Of several faults at the same time the kinds happen in this order. */
const kinds = {
  heal: ['@time', 'ends partitions, hangs and slowness'],
  kill: ['node@time', 'a node stops and loses its memory'],
  restart: ['node@time', 'a node that is down starts again, empty'],
  hang: ['node@time', 'a node takes requests and never answers'],
  slow: ['node@time:10x', 'a node works so many times as long on each request'],
  partition: ['groups@time', 'the network splits, as in node-A|node-B,node-C@3s'],
} as const satisfies Record<keyof FaultFlags, readonly [string, string]>

/** One option for each kind of fault; each may be given several times. */
export function faultOptions(command: Command): Command {
  for (const [kind, [shape, what]] of Object.entries(kinds)) {
    command.addOption(
      new Option(`--${kind} <${shape}>`, what).argParser((text: string, before: TypedFault[] = []) => [
        ...before,
        parse(`--${kind}`, shape, text),
      ]),
    )
  }
  return command
}

function parse(flag: string, shape: string, text: string): TypedFault {
  const match = /^(.*)@([^@:]+)(?::(\d+(?:\.\d+)?)x)?$/.exec(text)
  const at = milliseconds(match?.[2] ?? '')
  const factor = match?.[3] === undefined ? Number.NaN : Number(match[3])
  const isSlow = flag === '--slow'
  const hasSubject = flag === '--heal' ? match?.[1] === '' : Boolean(match?.[1])
  if (!match || !hasSubject || Number.isNaN(at) || isSlow !== factor >= 1) {
    throw new InputError(`${flag} must be ${shape}, such as ${example(flag)}, got ${JSON.stringify(text)}`)
  }
  return { flag, subject: match[1], at, factor, text }
}

function example(flag: string): string {
  if (flag === '--heal') return '@5s'
  if (flag === '--slow') return 'node-A@1s:10x'
  if (flag === '--partition') return 'node-A|node-B,node-C@3s'
  return 'node-B@2s'
}

/** The faults that were typed, in the order of time. Throws InputError where one can't happen. */
export function faultsOf(flags: FaultFlags, nodes: readonly string[], duration: number): Fault[] {
  const typed = (Object.keys(kinds) as (keyof FaultFlags)[]).flatMap((kind) => flags[kind] ?? [])
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

function faultOf({ flag, subject, at, factor, text }: TypedFault, nodes: readonly string[]): Fault {
  switch (flag) {
    case '--heal':
      return { kind: 'heal', at }
    case '--slow':
      return { kind: 'slow', at, node: nodeNumber(flag, subject, nodes), factor }
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
  const groups = subject
    .split('|')
    .map((group) => group.split(',').map((name) => nodeNumber('--partition', name, nodes)))
  const named = groups.flat()
  const twice = named.find((node, i) => named.indexOf(node) < i)
  if (twice !== undefined) throw new InputError(`--partition ${text} names ${nodes[twice]} twice`)
  const left = nodes.find((_, node) => !named.includes(node))
  if (left !== undefined)
    throw new InputError(`--partition ${text} leaves out ${left}: name every node in one of the groups`)
  if (groups.length < 2) throw new InputError(`--partition ${text} has one group only: write | between two`)
  return groups
}
