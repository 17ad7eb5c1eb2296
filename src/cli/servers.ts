import { InputError } from '../input-error.js'
import type { LocalLab } from '../remote/local-servers.js'
import { loadState, saveState, stateFile } from '../saved-state.js'

/** The running local servers, saved from one command to the next. */

export const labFile = () => stateFile('servers.json')

export function savedLab(): LocalLab | undefined {
  const { folder, servers } = loadState<LocalLab>(labFile())
  return folder !== undefined && servers !== undefined && servers.length > 0 ? { folder, servers } : undefined
}

export function saveLab(lab: LocalLab | undefined): void {
  saveState(labFile(), lab ?? {})
}

/** The running lab. Throws InputError if there is none. */
export function runningLab(): LocalLab {
  const lab = savedLab()
  if (!lab) throw new InputError('no lab is up; start one with: cachelab lab up')
  return lab
}
