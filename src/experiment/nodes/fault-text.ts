import type { Columns, TableDraft } from '../../report/build.js'
import { formatDuration, formatTime } from '../../report/format.js'
import type { Fault } from '../../simulation/faults.js'

/** A fault as it is typed after a command. */
export function faultText(fault: Fault, nodes: readonly string[]): string {
  const at = `@${formatTime(fault.at)}`
  switch (fault.kind) {
    case 'heal':
      return `--heal ${at}`
    case 'slow':
      return `--slow ${nodes[fault.node]}${at}:${fault.factor}x`
    case 'stall':
      return `--stall ${nodes[fault.node]}${at}:${formatTime(fault.duration)}`
    case 'partition':
      return `--partition '${groupsText(fault.groups, nodes)}${at}'`
    default:
      return `--${fault.kind} ${nodes[fault.node]}${at}`
  }
}

function groupsText(groups: readonly (readonly number[])[], nodes: readonly string[]): string {
  return groups.map((group) => group.map((node) => nodes[node]).join(',')).join('|')
}

/** The faults of a run, each with the mark that stands for it. */
export function faultTable(faults: readonly Fault[], names: readonly string[]): TableDraft {
  return {
    title: faults.length > 0 ? 'What broke' : 'Nothing broke',
    columns: {
      mark: [''],
      at: ['at', 'ms'],
      event: 'what happened',
    },
    rows: faults.map((fault, i) => ({ mark: markOf(i), at: fault.at, event: eventText(fault, names) })),
  }
}

/** Of what nodes say while they fail over: the step that it is, when, who, what. */
export const eventColumns: Columns = {
  step: [''],
  at: ['at', 'ms'],
  who: 'who',
  event: 'event',
}

/** The marks of the faults within some time. */
export function marksIn(faults: readonly Fault[], from: number, to: number): string[] {
  return faults.flatMap(({ at }, i) => (at >= from && at < to ? [markOf(i)] : []))
}

/** What happened, in few words: `node-B killed`. */
export function eventText(fault: Fault, nodes: readonly string[]): string {
  switch (fault.kind) {
    case 'heal':
      return 'all healed'
    case 'slow':
      return `${nodes[fault.node]} ${fault.factor}× slower`
    case 'stall':
      return `${nodes[fault.node]} stalls ${formatDuration(fault.duration)}`
    case 'partition':
      return `split ${groupsText(fault.groups, nodes)}`
    default:
      return `${nodes[fault.node]} ${{ kill: 'killed', restart: 'restarted', hang: 'hangs' }[fault.kind]}`
  }
}

/** The letter of an event, or its number where there are more than letters. */
export function markOf(event: number): string {
  return event < 26 ? String.fromCharCode(97 + event) : String(event + 1)
}
