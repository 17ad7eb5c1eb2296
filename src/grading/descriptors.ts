import { openSync, readdirSync, readFileSync } from 'node:fs'

const CLOSE_ON_EXEC = 0o2000000

let nothing: number | undefined

/**
 * Replaces, in a child, each open file from descriptor `from` on that this program was started with and would hand on:
 * by /dev/null, open for reading only.
 */
export function sealed(from: number): (number | 'ignore')[] {
  const inherited = openDescriptors()
    .map(Number)
    .filter((descriptor) => descriptor >= from && isHandedOn(descriptor))
  if (inherited.length === 0) return []
  nothing ??= openSync('/dev/null', 'r')
  const places = Array.from({ length: Math.max(...inherited) - from + 1 }, (_, i) => i + from)
  return places.map((place) => (inherited.includes(place) ? nothing! : 'ignore'))
}

function isHandedOn(descriptor: number): boolean {
  try {
    const text = readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1')
    const [, flags] = /^flags:\s+(\d+)/m.exec(text)!
    return (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0
  } catch {
    return false // It was open for the listing only, or this system doesn't tell.
  }
}

function openDescriptors(): string[] {
  try {
    return readdirSync('/proc/self/fd')
  } catch {
    return []
  }
}
