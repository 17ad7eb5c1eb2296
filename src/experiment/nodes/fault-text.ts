import type { Columns, TableDraft } from '../../report/build.js'
import { formatDuration, formatTime } from '../../report/format.js'
import type { Event } from '../../report/report.js'
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
  const what = laneText(fault, nodes)
  return 'node' in fault ? `${nodes[fault.node]} ${what}` : what
}

/** The same where it is said of the node: `killed`. */
export function laneText(fault: Fault, nodes: readonly string[]): string {
  switch (fault.kind) {
    case 'heal':
      return 'all healed'
    case 'slow':
      return `${fault.factor}× slower`
    case 'stall':
      return `stalls ${formatDuration(fault.duration)}`
    case 'partition':
      return `split ${groupsText(fault.groups, nodes)}`
    default:
      return { kill: 'killed', restart: 'restarted', hang: 'hangs' }[fault.kind]
  }
}

/** The letter of an event, or its number where there are more than letters. */
export function markOf(event: number): string {
  return event < 26 ? String.fromCharCode(97 + event) : String(event + 1)
}

/** Faults as events on an axis of time in milliseconds: what ends one isn't an event of its own. */
export function faultEvents(faults: readonly Fault[], names: readonly string[]): Event[] {
  const ends = new Set<Fault>()
  const events = faults.map((fault, i) => {
    const end = faults.slice(i + 1).find((later) => isEndOf(later, fault))
    if (end?.kind === 'restart' || end?.kind === 'heal') ends.add(end)
    const until = fault.kind === 'stall' ? fault.at + fault.duration : end?.at
    return {
      fault,
      event: { at: fault.at, ...(until !== undefined && { until }), text: eventText(fault, names) },
    }
  })
  return events.filter(({ fault }) => !ends.has(fault)).map(({ event }) => event)
}

/** The first of each numbered step of a failover, as events on an axis of time; those within `apart` of another are one. */
export function stepEvents<T extends { readonly time: number }>(
  events: readonly T[],
  stepOf: (event: T) => number | null,
  apart: number,
): Event[] {
  const first = new Map<number, number>()
  for (const event of events) {
    const step = stepOf(event)
    if (step && !first.has(step)) first.set(step, event.time)
  }
  const groups: { at: number; steps: number[] }[] = []
  for (const [step, at] of [...first].sort(([, a], [, b]) => a - b)) {
    const last = groups.at(-1)
    if (last && at - last.at < apart) last.steps.push(step)
    else groups.push({ at, steps: [step] })
  }
  return groups.map(({ at, steps }) => ({
    at,
    text: `${steps.length > 1 ? 'steps' : 'step'} ${steps.join(', ')}`,
  }))
}

/** Whether a fault ends another: a restart a kill, a healing all but a kill. */
function isEndOf(later: Fault, fault: Fault): boolean {
  switch (fault.kind) {
    case 'kill':
      return later.kind === 'restart' && later.node === fault.node
    case 'hang':
      return later.kind === 'heal' || (later.kind === 'restart' && later.node === fault.node)
    case 'partition':
      return later.kind === 'heal' || later.kind === 'partition'
    case 'slow':
      return later.kind === 'heal' || (later.kind === 'slow' && later.node === fault.node)
    default:
      return false
  }
}
