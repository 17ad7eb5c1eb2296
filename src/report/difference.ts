import { printable } from './text.js'

/** Where two pieces of data differ first, with both values; undefined where nowhere. */
export interface Difference {
  /** Such as `tables[0].rows[2].share`. */
  readonly place: string
  readonly before: unknown
  readonly after: unknown
}

/** The first difference of two pieces of plain data, in the order of their keys; undefined if there is none. */
export function firstDifference(before: unknown, after: unknown, place = ''): Difference | undefined {
  if (!isData(before) || !isData(after) || Array.isArray(before) !== Array.isArray(after))
    return Object.is(before, after) ? undefined : { place, before, after }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const inner = Array.isArray(before) ? `${place}[${key}]` : place === '' ? key : `${place}.${key}`
    const found = firstDifference(before[key], after[key], inner)
    if (found) return found
  }
  return undefined
}

const isData = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const MAX_SHOWN = 60

/** A value in a sentence: the beginning of its JSON, or that there is none. */
export function shownValue(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = printable(JSON.stringify(value))
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}
