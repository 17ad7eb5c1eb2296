import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EnvironmentError, isShortage } from '../../input-error.js'
import { makeBox, openToAll, removeBox } from '../box.js'
import { bubblewrap } from './bubblewrap.js'
import { type Cell, FILTER_DESCRIPTOR, quoted } from './cell.js'
import { namespaces } from './namespaces.js'
import { isRoot, withoutRoot } from './root.js'
import { systemCallFilter } from './seccomp.js'
import { viewFor } from './view.js'

/**
 * The isolation of solutions: bubblewrap where it is installed, else the same namespaces made by util-linux, else only
 * resource limits. `threats.ts` says which threats each one stops.
 */
export type Isolation = 'bubblewrap' | 'namespaces' | 'none'

/** How much a solution may write in a check, in bytes. */
export const DISK_BYTES = 64 << 20

const FILTER_FILE = 'seccomp.bpf'

const mechanisms: Record<Exclude<Isolation, 'none'>, (cell: Cell) => string[]> = { bubblewrap, namespaces }

/** Writes into a folder of tools what the mechanisms need there. */
export function writeFilter(tools: string): void {
  writeFileSync(join(tools, FILTER_FILE), systemCallFilter())
}

/** The command that runs a cell's command. When the grader is root, it gives up root first. */
export function enclosed(isolation: Exclude<Isolation, 'none'>, cell: Cell): string[] {
  const enclose = mechanisms[isolation]
  const command = isRoot() ? withoutRoot(cell, enclose) : enclose(cell)
  const filter = quoted(join(cell.tools, FILTER_FILE))
  return ['sh', '-c', `exec ${FILTER_DESCRIPTOR}<${filter}; exec "$@"`, 'cachelab', ...command]
}

let known: Isolation | undefined

/** The best that this system offers; each is tried, once. */
export function bestIsolation(): Isolation {
  known ??= (['bubblewrap', 'namespaces'] as const).find(works) ?? 'none'
  return known
}

function works(isolation: Exclude<Isolation, 'none'>): boolean {
  const box = makeBox()
  try {
    const [source, tools, site] = ['lab', 'tools', 'site'].map((name) => join(box, name))
    for (const folder of [source, tools, site]) mkdirSync(folder)
    writeFilter(tools)
    openToAll(box)
    const command = ['true']
    const cell = {
      source,
      tools,
      site,
      disk: DISK_BYTES,
      command,
      view: viewFor(command, [box]),
    }
    const [program, ...words] = enclosed(isolation, cell)
    const { error, status } = spawnSync(program, words, { stdio: 'ignore' })
    if (isShortage(error ?? {})) throw new EnvironmentError(`can't start a sandbox: ${error?.message}`)
    return status === 0
  } finally {
    removeBox(box)
  }
}
