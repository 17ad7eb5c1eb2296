import type { NodeReply, NodeRequest } from '../../redis-deployment/messages/protocol.js'
import { formatCount } from '../../report/format.js'
import type { SequenceFigure, SequenceLine } from '../../report/report.js'
import type { Fault } from '../../simulation/faults.js'
import type { Message } from '../../simulation/network.js'
import { laneText } from './fault-text.js'

export type NodeMessage = Message<NodeRequest, NodeReply>

/**
 * What a message decides, in few words; nothing of one that decides nothing, as a ping, a request or replication. Is told
 * of every message, in the order in which they are sent. `once` is what makes two of them the same, of which the first is
 * drawn; without it, all from one actor to another with the same text.
 */
export type Reading = (message: NodeMessage) => { readonly text: string; readonly once?: string } | undefined

/** Something that an actor reports of itself, in few words. */
export interface Note {
  readonly time: number
  readonly actor: number
  readonly text: string
}

/** More lines are no picture any more. */
const MOST = 150

/** Collects who tells whom what while nodes fail over. Times are milliseconds from `start` on. */
export class Lanes {
  private readonly lines: SequenceLine[] = []
  private readonly said = new Set<string>()
  /** Faults until the last message: what is said after another one is said again. */
  private passed = 0

  constructor(
    private readonly reading: Reading,
    private readonly start: number,
    private readonly faults: readonly Fault[],
  ) {}

  /** For `SimulatedNetwork.watch`. */
  readonly watch = (message: NodeMessage): void => {
    const at = message.time - this.start
    const read = this.reading(message)
    if (!read || at < 0) return
    const { from, to, delivered } = message
    const { text, once = `${from} ${to} ${text}` } = read
    const passed = this.faults.filter((fault) => fault.at <= at).length
    if (passed > this.passed) this.said.clear()
    this.passed = passed
    if (this.said.has(once)) return
    this.said.add(once)
    this.lines.push({ at, from, to: [to], text, isLost: !delivered })
  }

  /** A lane for each actor; at one time first faults, then what actors report, then what they send. */
  figure(title: string, actors: readonly string[], notes: readonly Note[]): SequenceFigure {
    const happened: SequenceLine[] = [
      ...this.faults.map((fault) => ({ at: fault.at, who: [laneOf(fault)], text: laneText(fault, actors) })),
      ...notes.map(({ time, actor, text }) => ({ at: time, who: [actor], text })),
    ]
    const all = together([...happened, ...this.lines].sort((a, b) => a.at - b.at))
    const isCut = all.length > MOST
    return {
      kind: 'sequence',
      title: isCut ? `${title}: the first ${MOST} of ${formatCount(all.length)}` : title,
      actors,
      lines: all.slice(0, MOST),
    }
  }
}

/** The actor that a fault is drawn at: of a split, the first that is named. */
function laneOf(fault: Fault): number {
  if ('node' in fault) return fault.node
  return fault.kind === 'partition' ? fault.groups[0][0] : 0
}

/** Lines of which some are one: the same that one after the other happens to several, or is sent to several, within a millisecond. */
function together(lines: readonly SequenceLine[]): SequenceLine[] {
  const all: SequenceLine[] = []
  for (const line of lines) {
    const last = all.at(-1)
    const both = last && line.at - last.at < 1 && last.text === line.text ? bothOf(last, line) : undefined
    if (both) all[all.length - 1] = both
    else all.push(line)
  }
  return all
}

function bothOf(a: SequenceLine, b: SequenceLine): SequenceLine | undefined {
  if ('who' in a) return 'who' in b ? { ...a, who: [...a.who, ...b.who] } : undefined
  if ('who' in b || a.from !== b.from || a.isLost !== b.isLost) return undefined
  return { ...a, to: [...a.to, ...b.to] }
}
