import { loadState, saveState, stateFile } from '../saved-state.js'

/** Where one was in each walkthrough: the number of the next step by topic. */
type Progress = Record<string, number>

const file = () => stateFile('walk.json')

/** The step at which one was, from 0; within `steps`. */
export function savedStep(topic: string, steps: number): number {
  const step = loadState<Progress>(file())[topic] ?? 0
  return Number.isInteger(step) && step > 0 && step < steps ? step : 0
}

/** Remembers a step. */
export function saveStep(topic: string, step: number): void {
  saveState(file(), { ...loadState<Progress>(file()), [topic]: step })
}
