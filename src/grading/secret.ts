import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'

/**
 * Takes a secret out of the environment, so that nothing that is started gets it, and on Linux out of the memory in
 * which other programs of the same user can read the environment that this one was started with. The programs that
 * started this one still have it: only isolation keeps solutions from those.
 */
export function takeSecret(name: string): string | undefined {
  const value = process.env[name]
  delete process.env[name]
  if (value) erase(name, Buffer.byteLength(value))
  return value
}

/** Fields of proc(5)'s stat behind the name and the state: where the environment begins. */
const ENVIRONMENT_FIELD = 50 - 3

function erase(name: string, length: number): void {
  try {
    const environment = `\0${readFileSync('/proc/self/environ', 'latin1')}`
    const at = environment.indexOf(`\0${name}=`)
    const stat = readFileSync('/proc/self/stat', 'latin1')
    const begin = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[ENVIRONMENT_FIELD])
    if (at < 0 || !(begin > 0)) return
    const memory = openSync('/proc/self/mem', 'r+')
    try {
      writeSync(memory, Buffer.alloc(length), 0, length, begin + at + name.length + 1)
    } finally {
      closeSync(memory)
    }
  } catch {
    // This system has no such files, or doesn't allow it.
  }
}
