import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { InputError } from '../input-error.js'
import type { OwnName } from '../own-name.js'
import { exportsOfCode } from './given.js'
import { type Exports, loadModule } from './modules.js'

/** What a file can bring. */
export type OwnKind = 'policy' | 'placement' | 'hash' | 'workload'

/** Options that a policy of a file gets beside ours. */
export type OwnOptions = Readonly<Record<string, string | number | boolean>>

/** A part of a file that is used: plain data, so that workers load it too. */
export interface OwnSource {
  readonly kind: OwnKind
  readonly name: OwnName
  readonly options: OwnOptions
}

/** What is exported: anything, until it is called. */
// biome-ignore lint/suspicious/noExplicitAny: the user's code, which no type binds.
export type OwnExport = any

/** A file that was loaded. */
export interface LoadedFile {
  readonly name: OwnName
  readonly exports: Exports
  /** The export that was named after #. */
  readonly part: string | undefined
  /** What is wanted of it, where that is known. */
  readonly kind?: OwnKind
}

/** A file that was loaded for what it brings. */
export type OwnFile = LoadedFile & OwnSource

/** Loads a file. Throws InputError where there is none, and what the file throws. */
export async function loadFile(name: OwnName): Promise<LoadedFile> {
  const code = exportsOfCode(name)
  if (code) return { name, part: undefined, exports: code }
  const [path, part] = name.split(/#(?=[^#/\\]*$)/)
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new InputError(`there is no file "${path}"`)
  return { name, part, exports: await loadModule(resolve(path)) }
}

/** What an export has to be, for messages. */
const WANTED: Readonly<Record<OwnKind, string>> = {
  policy: 'a class with access(key), or a function (capacity) => (key) => hit',
  placement: 'a class with locate(key), or a function (nodes) => (key) => node',
  hash: 'a function (text) => whole number',
  workload: 'a class with next(out), or a function (options) => () => key',
}

/** The names of what can be used of a file. */
const callable = (exports: Exports): string[] =>
  Object.keys(exports).filter((name) => typeof exports[name] === 'function')

/** The function or class to use: the export that was named, else the default one, else the only one. */
export function exportOf(file: LoadedFile): OwnExport {
  const { part, exports } = file
  const [only, ...others] = callable(exports)
  const found = exports[part ?? ('default' in exports || others.length > 0 ? 'default' : only)]
  if (typeof found !== 'function') throw misfit(file)
  return found
}

/** The error for a file that doesn't have what is wanted, which says what it has. */
export function misfit({ name, kind, part, exports }: LoadedFile): InputError {
  const names = Object.keys(exports).filter((each) => each !== '__esModule')
  const has = names.length > 0 ? `exports ${names.join(', ')}` : 'exports nothing'
  const [first, ...others] = callable(exports)
  const isUndecided = part === undefined && exports.default === undefined && others.length > 0
  const meant = isUndecided
    ? `name one, such as ${name}#${first}; it`
    : part === undefined
      ? 'its default export, or its only one,'
      : `"${part}"`
  const hint = kind === 'policy' && exports.simulate ? ` (for the exercise: ${name}#lru)` : ''
  return new InputError(
    `${name} ${has}; ${meant} must be ${kind ? WANTED[kind] : 'a class or a function'}${hint}`,
  )
}

/** Whether an export is a class, also one written as a function whose prototype has `method`. */
export const isClass = (found: OwnExport, method: string): boolean =>
  Object.hasOwn(found.prototype ?? {}, method) || /^class\b/.test(sourceOf(found))

/** How many parameters a function takes, those with defaults included. */
export function parametersOf(found: OwnExport): number {
  const list = /^[^(]*\(([\s\S]*?)\)\s*(?:\{|=>)/.exec(sourceOf(found))?.[1]
  return Math.max(found.length, list ? list.split(',').length : 0)
}

export const sourceOf = (found: OwnExport): string => Function.prototype.toString.call(found)
