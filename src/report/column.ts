/** One value of a table. null: there is none, and the title or a finding says why. */
export type Cell = string | number | boolean | null

/** How a number is meant. A mean is one of counts; ratios are 0 … 1, times are milliseconds; a factor is a multiple (2 is twice). */
export type Unit = 'count' | 'mean' | 'ratio' | 'factor' | 'ms' | 'bytes' | 'per-second'

/** A column of a table: the key under which rows have its values, its words, and what the numbers are. */
export interface Column {
  readonly key: string
  readonly label: string
  readonly unit?: Unit
  /** A deviation: shown with its sign. */
  readonly signed?: true
  /** Drawn as a bar beside the row where there is room. */
  readonly bar?: true
  /** A detail: a terminal that is too narrow leaves the column out. */
  readonly detail?: true
  /** Lines of a program, whose spaces count. */
  readonly code?: true
}
