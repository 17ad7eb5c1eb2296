/** How far a piece of work has come: what is done, and how much there is where that is known. */
export type Progress = (done: number, total: number | null) => void

/** Reports the parts of a whole that are done, one after the other. */
export function summed(
  progress: ((done: number, total: number) => void) | undefined,
  whole: number,
): (part: number) => void {
  let done = 0
  progress?.(0, whole)
  return (part) => {
    done += part
    progress?.(done, whole)
  }
}

/** Steps of equal weight, each of which may tell how far it is. */
export class ProgressSteps {
  private done = 0

  constructor(
    private readonly steps: number,
    private readonly progress?: Progress,
  ) {}

  /** How far the present step is. */
  readonly within: Progress = (part, whole) => {
    if (whole !== null) this.progress?.(this.done + Math.min(1, part / whole), this.steps)
  }

  /** The present step is over. */
  next(): void {
    this.progress?.(++this.done, this.steps)
  }
}
