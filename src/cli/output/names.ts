import { reportOf } from '../../report/build.js'
import type { FormatName } from '../../report/index.js'
import { renderListing } from '../../report/listing.js'
import { show } from './show.js'
import { outputWidth, write } from './terminal.js'

/** Lists what a command can be asked for: as two columns for people, as a report in the other formats. */
export async function showNames(
  format: FormatName,
  command: string,
  title: string,
  rows: readonly (readonly [name: string, title: string])[],
): Promise<void> {
  if (format === 'table') return write(`${renderListing(rows, outputWidth())}\n`)
  const names = {
    title,
    columns: { name: 'Name', title: 'Title' },
    rows: rows.map(([name, title]) => ({ name, title })),
  }
  await show(format, 'listing', () => reportOf(command, { title, tables: { names }, findings: {} }))
}
