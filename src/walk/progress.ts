import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** Where one was in each walkthrough: the number of the next step by topic. */
type Progress = Record<string, number>

function file(): string {
  return join(process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'cachelab', 'walk.json')
}

/** What was saved; nothing where there is no file, or none that can be read. */
function load(): Progress {
  try {
    const saved: unknown = JSON.parse(readFileSync(file(), 'utf8'))
    return typeof saved === 'object' && saved !== null ? (saved as Progress) : {}
  } catch {
    return {}
  }
}

/** The step at which one was, from 0; within `steps`. */
export function savedStep(topic: string, steps: number): number {
  const step = load()[topic]
  return Number.isInteger(step) && step > 0 && step < steps ? step : 0
}

/** Remembers a step. Where that isn't possible, the next walk begins at the beginning. */
export function saveStep(topic: string, step: number): void {
  try {
    mkdirSync(dirname(file()), { recursive: true })
    writeFileSync(file(), `${JSON.stringify({ ...load(), [topic]: step })}\n`)
  } catch {
    // A home that can't be written to is no reason to stop a lesson.
  }
}
