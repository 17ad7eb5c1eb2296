import { readdirSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'

const MAX_ROUNDS = 50

/** Ends a process, its group, and all that has its mark in the environment. */
export function endAll(pid: number | undefined, mark: string): void {
  if (pid !== undefined) {
    signal(-pid)
    signal(pid)
  }
  // A process that forks during the search is found by the next one.
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const marked = markedProcesses(mark)
    if (marked.length === 0) return
    for (const survivor of marked) signal(survivor)
  }
}

/** The signal that an exit code stands for where a shell passes it on. */
export function signalOf(code: number | null): string | undefined {
  const number = (code ?? 0) - 128
  return Object.entries(constants.signals).find(([, signal]) => signal === number)?.[0]
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}

/** Processes with a mark in the environment that they were started with; none where the system doesn't tell. */
function markedProcesses(mark: string): number[] {
  return processIds().filter((pid) => {
    try {
      return pid !== process.pid && readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark)
    } catch {
      return false
    }
  })
}

function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0)
  } catch {
    return []
  }
}
