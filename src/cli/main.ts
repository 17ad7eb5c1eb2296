import { fstatSync, statSync, writeSync } from 'node:fs'
import { devNull } from 'node:os'
import { INTERRUPTED } from './output/terminal.js'
import { execute } from './run.js'
import type { Surface } from './surface.js'

export { run } from './run.js'

const STDOUT = 1
const STDERR = 2

/** The streams of this process. Each is loaded when it is needed: together they take milliseconds. */
const own: Surface = {
  env: process.env,
  get stdin() {
    return process.stdin
  },
  get columns() {
    return isTerminal(STDOUT) ? (process.stdout.columns ?? 0) : undefined
  },
  get showsProgress() {
    return isTerminal(STDERR)
  },
  print,
  warn: (text) => void process.stderr.write(text),
  code: 0,
}

/**
 * Writes data to standard output, whole, before it returns. Node's own stream would do the same for files,
 * pipes and terminals, but takes milliseconds to load; it is left the case of a full non-blocking pipe.
 *
 * Ends the process, without complaint, where the reader has gone away, as `head` does.
 */
function print(text: string): void {
  const bytes = Buffer.from(text)
  let done = 0
  try {
    while (done < bytes.length) done += writeSync(STDOUT, bytes, done)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EPIPE') process.exit()
    if (code !== 'EAGAIN') throw error
    process.stdout.write(bytes.subarray(done))
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
  process.on('SIGINT', () => process.exit(INTERRUPTED))
  execute(process.argv.slice(2), own).then((code) => {
    process.exitCode = code
  })
}
