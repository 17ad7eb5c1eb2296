import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A server that this lab has started on this machine. */
export interface LocalServer {
  readonly role: 'redis' | 'cluster' | 'master' | 'replica' | 'sentinel' | 'memcached'
  readonly port: number
  readonly pid: number
}

/** Sends a signal, if the process is still there. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {} // It has ended.
}

/** Whether a process is still the server that was started: its command line has the port. */
export function isOurs({ pid, port, role }: LocalServer): boolean {
  const line = commandLine(pid)
  return line.includes(role === 'memcached' ? 'memcached' : 'redis-') && line.includes(String(port))
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout ?? ''
  }
}
