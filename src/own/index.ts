import { leaveSignals } from '../at-end.js'
import type { OwnName } from '../own-name.js'
import { onWorkers } from '../parallel/pool.js'
import { exportsOfCode } from './given.js'
import { addOwnHash } from './hash.js'
import { kindOf } from './kind.js'
import { blamed } from './modules.js'
import { addOwnPlacement } from './placement.js'
import { addOwnPolicy } from './policy.js'
import { loadFile, type OwnFile, type OwnKind, type OwnSource } from './source.js'
import { addOwnWorkload } from './workload.js'

export { ownKinds } from './kind.js'
export { blamed } from './modules.js'
export type { OwnKind, OwnOptions, OwnSource } from './source.js'

const adders: Readonly<Record<OwnKind, (file: OwnFile) => void>> = {
  policy: addOwnPolicy,
  placement: addOwnPlacement,
  hash: addOwnHash,
  workload: addOwnWorkload,
}

/**
 * Loads the files of these sources and registers what they bring under their names, here and in the workers that start
 * later. Throws InputError where a file doesn't fit, or by its own fault, with its place.
 */
export async function loadOwn(sources: readonly OwnSource[]): Promise<void> {
  leaveSignals()
  for (const source of sources) {
    try {
      adders[source.kind]({ ...source, ...(await loadFile(source.name)) })
    } catch (error) {
      throw blamed(error) ?? error
    }
  }
  // Code can't be sent to a worker.
  onWorkers(sources.some(({ name }) => exportsOfCode(name)) ? null : sources)
}

/** Workers that start from now on load no files: the command that named them is done. */
export const leaveOwn = (): void => onWorkers([])

/** What a file brings, as far as its export tells. Throws InputError where it can be several. */
export async function ownKindOf(name: OwnName): Promise<OwnKind> {
  leaveSignals()
  try {
    return kindOf(await loadFile(name))
  } catch (error) {
    throw blamed(error) ?? error
  }
}
