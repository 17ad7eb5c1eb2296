import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { EnvironmentError, InputError } from '../input-error.js'
import { takeLock } from '../lock.js'
import { makeFolder } from '../make-folder.js'
import type { LocalLab } from '../remote/lab.js'
import { saveState, stateFile } from '../saved-state.js'

/** The running local servers, saved from one command to the next. */

/** Raised with every change of what is saved. */
const VERSION = 1

/** The file as it is saved. Processes are stopped by it, so it must be what was written, whole. */
interface Saved {
  readonly version: number
  readonly lab: LocalLab
  /** Of the lab, as JSON. */
  readonly digest: string
}

const digestOf = (lab: LocalLab) => createHash('sha256').update(JSON.stringify(lab)).digest('hex')

export const labFile = () => stateFile('servers.json')

/** The lab that was saved last; undefined where none is up. Throws InputError where the file was changed. */
export function savedLab(): LocalLab | undefined {
  const text = read()
  if (text === undefined) return
  const { version, lab, digest } = parsed(text)
  if (version === VERSION && lab && digest === digestOf(lab)) return lab
  const why = version === VERSION || version === undefined ? 'was edited' : `has version ${String(version)}`
  throw new InputError(
    `${labFile()} ${why}, so nothing was stopped: stop the servers that it names yourself, and delete it`,
  )
}

function read(): string | undefined {
  try {
    return readFileSync(labFile(), 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return
    throw new EnvironmentError(`can't read ${labFile()}: ${code}`)
  }
}

function parsed(text: string): Partial<Saved> {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}

export function saveLab(lab: LocalLab | undefined): void {
  if (lab) saveState(labFile(), { version: VERSION, lab, digest: digestOf(lab) } satisfies Saved)
  else rmSync(labFile(), { force: true })
}

/** The running lab. Throws InputError if there is none. */
export function runningLab(): LocalLab {
  const lab = savedLab()
  if (!lab) throw new InputError('no lab is up; start one with: cachelab lab up')
  return lab
}

/** Runs what starts or stops servers, in one process at a time. Throws InputError where another does so now. */
export async function alone(work: () => Promise<void>): Promise<void> {
  const release = locked()
  try {
    await work()
  } finally {
    release()
  }
}

function locked(): () => void {
  try {
    makeFolder(dirname(labFile()))
    const release = takeLock(`${labFile()}.lock`)
    if (release) return release
  } catch (error) {
    throw new EnvironmentError(`can't write beside ${labFile()}: ${(error as NodeJS.ErrnoException).code}`)
  }
  throw new InputError('another cachelab is starting or stopping a lab at this moment; wait for its end')
}
