import { fstatSync, readSync, statSync, writeSync } from 'node:fs'
import { devNull } from 'node:os'
import { endAtSignals } from '../at-end.js'
import { execute } from './run.js'
import type { Surface } from './surface.js'

export { run } from './run.js'

const STDIN = 0
const STDOUT = 1
const STDERR = 2

/** The streams of this process. Each is loaded when it is needed: together they take milliseconds. */
const own: Surface = {
  env: process.env,
  get stdin() {
    // A folder can't be read, which Node's stream hides.
    if (fstatSync(STDIN).isDirectory()) readSync(STDIN, Buffer.alloc(1))
    return process.stdin
  },
  get columns() {
    return isTerminal(STDOUT) ? (process.stdout.columns ?? 0) : undefined
  },
  get rows() {
    return isTerminal(STDOUT) ? process.stdout.rows : undefined
  },
  get showsProgress() {
    return isTerminal(STDERR)
  },
  print: (text) => writeTo(STDOUT, text),
  warn(text) {
    try {
      writeTo(STDERR, text)
    } catch {
      // There is nowhere left to say so; the exit code stays what it is.
    }
  },
  code: 0,
}

/**
 * Writes to a stream, whole, before it returns. Node's own stream would do the same for files, pipes and terminals,
 * but takes milliseconds to load; it is left the case of a full non-blocking pipe.
 *
 * Ends the process, without complaint, where the reader of standard output has gone away, as `head` does.
 */
function writeTo(descriptor: number, text: string): void {
  const bytes = Buffer.from(text)
  let done = 0
  try {
    while (done < bytes.length) done += writeSync(descriptor, bytes, done)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EPIPE' && descriptor === STDOUT) process.exit()
    if (code !== 'EAGAIN') throw error
    const stream = descriptor === STDOUT ? process.stdout : process.stderr
    if (stream.listenerCount('error') === 0)
      stream.on('error', descriptor === STDOUT ? () => process.exit() : () => {})
    stream.write(bytes.subarray(done))
  }
}

/** Whether a stream is a terminal. Asks the file system first: the stream itself takes milliseconds to load. */
function isTerminal(descriptor: number): boolean {
  try {
    const device = fstatSync(descriptor)
    if (!device.isCharacterDevice() || device.rdev === statSync(devNull).rdev) return false
  } catch {
    return false
  }
  return (descriptor === STDOUT ? process.stdout : process.stderr).isTTY === true
}

/** The program: runs this process's command line on its streams. */
export function main(): void {
  endAtSignals()
  execute(process.argv.slice(2), own).then((code) => {
    process.exitCode = code
  })
}
