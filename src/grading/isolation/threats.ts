import type { Isolation } from './index.js'
import rows from './threats.json' with { type: 'json' }

/**
 * What stops a threat: an isolation, or without one Node's permissions, which apply only to solutions that Node runs.
 */
export type Protection = Isolation | 'node'

export interface Threat {
  readonly id: string
  readonly text: string
  readonly heldOffBy: readonly Protection[]
}

/** What a hostile solution may try. A test tries all of it under each protection, and compares. */
export const threats = rows as readonly Threat[]

const columns: Readonly<Record<Protection, string>> = {
  bubblewrap: 'bubblewrap',
  namespaces: 'namespaces (util-linux)',
  node: 'none, Node’s solutions',
  none: 'none, other languages',
}

/** The threats and what each isolation does about them, as a table in Markdown. */
export function threatTable(): string {
  const protections = Object.keys(columns) as Protection[]
  const rows = threats.map(({ text, heldOffBy }) => [
    text,
    ...protections.map((one) => (heldOffBy.includes(one) ? 'held off' : '**no**')),
  ])
  const lines = [['', ...Object.values(columns)], [':--', ...protections.map(() => ':--')], ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}
