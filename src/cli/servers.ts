import { InputError } from '../input-error.js'
import type { LocalLab } from '../remote/local-servers.js'
import { loadState, saveState, stateFile } from '../saved-state.js'

/** Which local servers run, from one command to the next. */

export const labFile = () => stateFile('servers.json')

export function savedLab(): LocalLab | undefined {
  const { folder, servers } = loadState<LocalLab>(labFile())
  return folder !== undefined && servers !== undefined && servers.length > 0 ? { folder, servers } : undefined
}

export function saveLab(lab: LocalLab | undefined): void {
  saveState(labFile(), lab ?? {})
}

/** The lab that runs. Throws InputError where none does. */
export function runningLab(): LocalLab {
  const lab = savedLab()
  if (!lab) throw new InputError('no lab is up; start one with: cachelab lab up')
  return lab
}
