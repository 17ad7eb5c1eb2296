import { loadState, saveState, stateFile } from '../saved-state.js'

/** How far a walkthrough has got. */
interface Saved {
  /** The number of the current step. */
  readonly step: number
  /** Whether its end was reached once. */
  readonly isDone: boolean
}

const file = () => stateFile('walk.json')

/** What is saved of a walkthrough of so many steps; the first step where nothing is that can be used. */
export function savedWalk(topic: string, steps: number): Saved {
  const { step, isDone } = loadState<Record<string, Partial<Saved>>>(file())[topic] ?? {}
  const isStep = Number.isInteger(step) && step! > 0 && step! < steps
  return { step: isStep ? step! : 0, isDone: isDone === true }
}

export function saveWalk(topic: string, saved: Saved): void {
  saveState(file(), { ...loadState(file()), [topic]: saved })
}
