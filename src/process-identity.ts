import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What names one process of this machine: an id alone may have passed on to another. */
export interface ProcessIdentity {
  readonly pid: number
  /** When it started, as the system says it: clock ticks since the machine started, or a date. */
  readonly started: string
  /** Its arguments exactly, or the title that it has given itself. */
  readonly commandLine: string
}

/** The process that has an id now; undefined where none has, or where it has ended and waits for its parent. */
export function identify(pid: number): ProcessIdentity | undefined {
  const found = fromProc(pid) ?? fromPs(pid)
  return found?.commandLine ? found : undefined
}

/** Whether the process that was identified still runs. */
export function isRunning({ pid, started, commandLine }: ProcessIdentity): boolean {
  const now = identify(pid)
  return now?.started === started && now.commandLine === commandLine
}

/** Field 22 of `stat` is the start; the name, field 2, may have parentheses. Zeros follow a title: they are left out. */
function fromProc(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[22 - 3]
    return { pid, started, commandLine: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0+$/, '') }
  } catch {
    return undefined
  }
}

/** For systems without /proc. The date, such as `Sat Nov 28 17:45:21 2026`, always has the same width. */
export function fromPs(pid: number): ProcessIdentity | undefined {
  const words = ['-ww', '-p', String(pid), '-o', 'lstart=', '-o', 'command=']
  const { stdout } = spawnSync('ps', words, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
  const [, started, commandLine] = /^(.{24}) +(.+)\n$/s.exec(stdout ?? '') ?? []
  return commandLine === undefined ? undefined : { pid, started, commandLine }
}
