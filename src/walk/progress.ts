import { loadState, saveState, stateFile } from '../saved-state.js'

/** The number of the current step by topic. */
type Progress = Record<string, number>

const file = () => stateFile('walk.json')

/** The saved step of a walkthrough, from 0, below `steps`. */
export function savedStep(topic: string, steps: number): number {
  const step = loadState<Progress>(file())[topic] ?? 0
  return Number.isInteger(step) && step > 0 && step < steps ? step : 0
}

export function saveStep(topic: string, step: number): void {
  saveState(file(), { ...loadState<Progress>(file()), [topic]: step })
}
