import { existsSync, lstatSync } from 'node:fs'
import { delimiter, dirname, isAbsolute, join, normalize, resolve } from 'node:path'
import { fileError, InputError } from '../input-error.js'
import { fact, readOwnFile } from './submission.js'

/** How one exercise's solution is found and started. */
export interface EntryPoint {
  /** The file to open, relative to the lab. */
  readonly file: string
  /** What starts it; without one the host for TypeScript and JavaScript does. */
  readonly command?: readonly string[]
}

/** A learner's folder of solutions. */
export interface Lab {
  readonly folder: string
  readonly entries: ReadonlyMap<string, EntryPoint>
}

export const LAB_FILE = 'cachelab.json'
const MAX_BYTES = 64 << 10

/** Reads a lab. Throws InputError where there is none, or one that can't be used, and names the line. */
export function openLab(folder: string): Lab {
  const path = join(folder, LAB_FILE)
  const text = labText(folder)
  const broken = (why: string, name?: string): never => {
    const line = name === undefined ? 1 : lineOf(text, JSON.stringify(name))
    throw new InputError(`${path}, line ${line}: ${why}`)
  }
  const parsed = parse(text, path)
  if (!isObject(parsed)) return broken('the whole must be an object')
  const { exercises } = parsed
  if (!isObject(exercises)) return broken('"exercises" must be an object', 'exercises')
  const entries = new Map<string, EntryPoint>()
  for (const [slug, entry] of Object.entries(exercises)) {
    const why = wrongEntry(entry)
    if (why) broken(`${JSON.stringify(slug.slice(0, 50))} ${why}`, slug)
    entries.set(slug, entry as EntryPoint)
  }
  return { folder, entries }
}

/** The text of a lab's file. Throws as `openLab` does. */
export function labText(folder: string): string {
  const path = join(folder, LAB_FILE)
  if (!fact(() => lstatSync(path)))
    throw fileError(
      { code: 'ENOENT' },
      `no ${LAB_FILE} in ${JSON.stringify(folder)}; cachelab init makes a lab`,
    )
  const bytes = readOwnFile(folder, LAB_FILE, MAX_BYTES)
  if (!bytes) throw new InputError(`${path} must be a file of at most ${MAX_BYTES >> 10} kB, not a link`)
  // Some editors begin a file with a byte order mark, which JSON doesn't know.
  return bytes.toString().replace(/^\ufeff/, '')
}

/** Throws InputError where the command of an exercise can't be started, naming its line. */
export function checkCommands({ folder, entries }: Lab, slugs: readonly string[]): void {
  for (const slug of slugs) {
    const program = entries.get(slug)?.command?.[0]
    if (program === undefined || isProgram(program, folder)) continue
    const path = join(folder, LAB_FILE)
    const line = lineOf(labText(folder), JSON.stringify(slug))
    throw new InputError(
      `${path}, line ${line}: there is no program ${JSON.stringify(program)} to start "${slug}" with`,
    )
  }
}

/** Whether a program is in the lab, for a path, or on the PATH, for a name. */
function isProgram(program: string, folder: string): boolean {
  if (program.includes('/')) return existsSync(resolve(folder, program))
  return (process.env.PATH ?? '').split(delimiter).some((place) => existsSync(join(place, program)))
}

function wrongEntry(entry: unknown): string | undefined {
  if (!isObject(entry)) return 'must be an object with "file"'
  const { file, command } = entry
  if (typeof file !== 'string' || file === '' || file.includes('\0')) return 'must name its "file"'
  if (isAbsolute(file) || normalize(file).startsWith('..')) return 'must name a "file" inside the lab'
  if (command === undefined) {
    return /\.[cm]?[jt]s$/.test(file)
      ? undefined
      : 'needs a "command": only TypeScript and JavaScript start by themselves'
  }
  const words =
    Array.isArray(command) &&
    command.length > 0 &&
    command.every((word) => typeof word === 'string' && word !== '' && !word.includes('\0'))
  return words ? undefined : 'must have a "command" that is a list of words'
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = (error as Error).message.replaceAll(/\s+/g, ' ')
    throw new InputError(`${path}, line ${brokenLine(text)}: not JSON (${why})`)
  }
}

/** The first line that no JSON begins with the lines up to; JSON.parse names a position for some errors only. */
function brokenLine(text: string): number {
  const lines = text.trimEnd().split('\n')
  // What more lines don't mend stays broken, so that halving finds it: a long file of short lines takes no time.
  let [first, last] = [1, lines.length]
  while (first < last) {
    const middle = (first + last) >> 1
    if (isBroken(lines.slice(0, middle).join('\n'))) last = middle
    else first = middle + 1
  }
  return first
}

/** Whether no JSON begins with a text. */
function isBroken(beginning: string): boolean {
  try {
    JSON.parse(beginning)
    return false
  } catch (error) {
    const { message } = error as Error
    const position =
      /position (\d+)/.exec(message)?.[1] ?? (message.startsWith('Unexpected end') ? Infinity : 0)
    return Number(position) < beginning.length
  }
}

function lineOf(text: string, word: string): number {
  return text.slice(0, Math.max(0, text.indexOf(word))).split('\n').length
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The lab that a folder is in: it or the nearest above it that has a lab's file. */
export function labAround(folder: string): Lab {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, LAB_FILE))) return openLab(at)
    if (at === dirname(at)) return openLab(folder)
  }
}
