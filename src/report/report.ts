import type { Cell, Column, Unit } from './column.js'
import type { ReportParameters } from './parameters.js'
import { printable } from './text.js'

export type { Cell, Column, Unit }

/**
 * A table of raw numbers: ratios are 0 … 1, times are milliseconds, memory is bytes.
 *
 * @example
 * import { ringDistribution } from 'cachelab/placement'
 * import type { Cell, Column, Figure, Finding, Table } from 'cachelab/report'
 * const report = await ringDistribution({ nodes: 3 })
 * const table: Table = report.tables[0]
 * const column = (named: Column): Cell[] => table.rows.map((row) => row[named.key])
 * const units = table.columns.map(({ key, unit }) => [key, unit])
 * units // [ [ 'node', undefined ], [ 'keys', 'count' ], [ 'share', 'ratio' ], [ 'deviation', 'ratio' ] ]
 * column(table.columns[1]) // [ 3722, 2910, 3368 ]
 * const verdicts = report.findings.map(({ id, ok }: Finding) => [id, ok])
 * verdicts // [ [ 'balance', true ] ]
 * const figures: readonly Figure[] = report.figures ?? []
 * figures.map(({ kind }) => kind) // [ 'bars' ]
 */
export interface Table {
  readonly name: string
  readonly title: string
  /** A figure or a finding shows the same to a person: a terminal leaves the table out. */
  readonly shownElsewhere?: true
  readonly columns: readonly Column[]
  readonly rows: readonly Readonly<Record<string, Cell>>[]
}

/** A conclusion in a sentence, with the numbers behind it where there are any. */
export interface Finding {
  /** Names the conclusion, whatever the numbers are. */
  readonly id: string
  readonly text: string
  /** A command line that shows more, to be copied: the text leads to it, and ends with a colon. */
  readonly command?: string
  /** The number that was measured. */
  readonly measured?: number
  /** The number that theory gives. */
  readonly expected?: number
  /** Whether what was measured agrees with what was expected. */
  readonly ok?: boolean
}

export interface Axis {
  readonly label: string
  readonly unit?: Unit
  readonly log?: true
}

/** x and y; no point is drawn where there is no y. The 95 % interval of y follows where it is known. */
export type Point = readonly [x: number, y: number | null, low?: number, high?: number]

/** A point that is drawn. */
export type DrawnPoint = Point & { readonly 1: number }

export const isDrawn = (point: Point): point is DrawnPoint => point[1] !== null

/** A value on an axis that others are compared with, such as the ideal or a target. */
export interface Rule {
  readonly at: number
  readonly text: string
}

/** Something that happens on the way along an axis, such as a fault: at one place, or until another. */
export interface Event extends Rule {
  readonly until?: number
}

/** Curves over a common axis. */
export interface CurveFigure {
  readonly kind: 'curves'
  readonly title: string
  /** A table shows the same in a terminal. */
  readonly shownElsewhere?: true
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly { readonly name: string; readonly points: readonly Point[] }[]
  /** Along x. */
  readonly events?: readonly Event[]
  /** Along y. */
  readonly rules?: readonly Rule[]
}

/** A bar for each category, or one of each series. */
export interface BarFigure {
  readonly kind: 'bars'
  readonly title: string
  /** A table's bars show the same in a terminal. */
  readonly shownElsewhere?: true
  readonly value: Axis
  readonly categories: readonly string[]
  readonly series: readonly {
    readonly name: string
    /** One a category. */
    readonly values: readonly (number | null)[]
    /** The 95 % intervals of the values. */
    readonly intervals?: readonly (readonly [low: number, high: number] | null)[]
  }[]
  readonly rules?: readonly Rule[]
  /** Where values are expected to lie. */
  readonly band?: { readonly low: number; readonly high: number; readonly text: string }
}

/** A number for each pair of a row and a column, as shades. */
export interface HeatFigure {
  readonly kind: 'heat'
  readonly title: string
  /** A table shows the same in a terminal. */
  readonly shownElsewhere?: true
  readonly value: Axis
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  /** One list a row. */
  readonly values: readonly (readonly (number | null)[])[]
}

/** What a range is divided into, once a row: slots among nodes, memory among uses. */
export interface StripFigure {
  readonly kind: 'strips'
  readonly title: string
  /** A table shows the same in a terminal. */
  readonly shownElsewhere?: true
  readonly x: Axis
  readonly owners: readonly string[]
  readonly rows: readonly {
    readonly name: string
    /** In the order of x, with owners by number. */
    readonly spans: readonly { readonly from: number; readonly to: number; readonly owner: number }[]
  }[]
}

/** One hash ring or several of the same nodes, with keys on them. Positions are 0 … 1 clockwise from the top. */
export interface RingFigure {
  readonly kind: 'ring'
  readonly nodes: readonly string[]
  readonly rings: readonly {
    readonly title: string
    /** Virtual nodes clockwise: an arc ends at `at` and belongs to nodes[node]. */
    readonly arcs: readonly { readonly at: number; readonly node: number }[]
  }[]
  /** Keys, and which of the nodes owns each on each ring. */
  readonly keys: readonly { readonly key: string; readonly at: number; readonly nodes: readonly number[] }[]
}

/** Who sends what to whom, in the order of time. */
export interface SequenceFigure {
  readonly kind: 'sequence'
  readonly title: string
  /** From left to right; one for whom there is no message is left out. */
  readonly actors: readonly string[]
  readonly lines: readonly SequenceLine[]
}

export type SequenceLine =
  /** A message from an actor to another, or to several at once, by number. One that gets lost has no head. */
  | {
      readonly at: number
      readonly from: number
      readonly to: readonly number[]
      readonly text: string
      readonly isLost: boolean
    }
  /** Something that happens to an actor, or to several at once. */
  | { readonly at: number; readonly who: readonly number[]; readonly text: string }

/** What a report draws. */
export type Figure = CurveFigure | BarFigure | HeatFigure | StripFigure | RingFigure | SequenceFigure

/** What an experiment found, as plain data; only renderers format it. Its JSON Schema is report.schema.json. */
export interface Report {
  /** Names this shape and its version. */
  readonly schema: 'cachelab/report@1'
  /** The command that made it: `ring`. */
  readonly command: string
  /** The words after `cachelab` that make this report again. */
  readonly arguments?: readonly string[]
  /** What was measured, in words. */
  readonly title: string
  /** The parameters of the experiment, defaults included. */
  readonly parameters: ReportParameters
  /** The first table is the main one. */
  readonly tables: readonly Table[]
  /** What to draw, never how. */
  readonly figures?: readonly Figure[]
  /** What to conclude. */
  readonly findings: readonly Finding[]
}

/** A report for people: its texts show all that is in them, whoever wrote them. */
export function shownReport(report: Report): Report {
  return shown(report) as Report
}

function shown(value: unknown): unknown {
  if (typeof value === 'string') return printable(value)
  if (Array.isArray(value)) return value.map(shown)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shown(one)]))
}
