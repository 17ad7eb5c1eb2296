import { displayWidth } from './width.js'
import { wrap, wrapLines } from './wrap.js'

const GAP = 2
/** Columns that a text needs beside its name: below that it stands under it. */
const NARROWEST = 24
const INDENT = '    '

/**
 * Names with what they are, in two columns of together at most `width`; where the screen is too narrow for that, a name
 * stands on a line of its own, above its text.
 */
export function renderListing(
  rows: readonly (readonly [name: string, text: string])[],
  width: number,
): string {
  const names = Math.max(...rows.map(([name]) => displayWidth(name)))
  return rows.map(([name, text]) => renderEntry(name, names, text, width)).join('\n')
}

/** One entry of a listing whose names take up to `names` columns. */
export function renderEntry(name: string, names: number, text: string, width: number): string {
  const room = width - names - GAP
  if (text === '') return wrapLines(name, width)
  if (room < NARROWEST)
    return `${wrapLines(name, width)}\n${wrap(text, width - INDENT.length)
      .map((line) => INDENT + line)
      .join('\n')}`
  const column = ' '.repeat(names + GAP)
  return name + column.slice(displayWidth(name)) + wrap(text, room).join(`\n${column}`)
}
