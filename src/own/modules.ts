import { createRequire } from 'node:module'
import { dirname, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'
import { InputError } from '../input-error.js'
import { ownFile, translated, withPlace } from './typescript.js'

export type Exports = Record<string, unknown>
type CommonJs = (...scope: unknown[]) => unknown

const SCOPE = ['exports', 'require', 'module', '__filename', '__dirname', 'import_meta']

/** The files that were loaded: the code in which an error can be the user's. */
export const loadedFiles = new Set<string>()

/** An ES module of a package, which this version of Node can't give to `require`. */
class OnlyImportable extends Error {
  constructor(readonly path: string) {
    super(path)
  }
}

/**
 * Loads a file in TypeScript or JavaScript, ES module or CommonJS, with the files that it imports: all of them run as
 * CommonJS, their lines in place, in any version of Node and without a build. Packages are Node's affair. Of `await`
 * outside of functions, only that of the file itself is waited for. Throws what the files throw, and a SyntaxError with
 * its place.
 */
export async function loadModule(path: string): Promise<Exports> {
  const imported = new Map<string, unknown>()
  for (;;) {
    const entry: Entry = { path }
    try {
      const exports = exportsOf(path, new Map(), imported, entry)
      await entry.end
      return exports
    } catch (error) {
      if (!(error instanceof OnlyImportable)) throw error
      imported.set(error.path, await import(pathToFileURL(error.path).href))
    }
  }
}

/** The file that is loaded, and the end of its run where it awaits. */
interface Entry {
  readonly path: string
  end?: unknown
}

/** What a file exports; `modules` are those that are loaded or loading, so that circles of imports end. */
function exportsOf(
  path: string,
  modules: Map<string, { exports: Exports }>,
  imported: Map<string, unknown>,
  entry: Entry,
) {
  const known = modules.get(path)
  if (known) return known.exports
  const module = { exports: {} as Exports }
  modules.set(path, module)
  loadedFiles.add(path)
  const native = createRequire(path)
  const require = (specifier: string): unknown => {
    const file = ownFile(specifier, path)
    if (file && /\.[cm]?[jt]s$/.test(file)) return exportsOf(file, modules, imported, entry)
    if (specifier.startsWith('node:')) return native(specifier)
    const found = file ?? native.resolve(specifier)
    if (imported.has(found)) return imported.get(found)
    try {
      return native(found)
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ERR_REQUIRE_ESM' ? new OnlyImportable(found) : error
    }
  }
  const meta = { url: pathToFileURL(path).href, filename: path, dirname: dirname(path) }
  const end = compiled(path, entry.path === path)(module.exports, require, module, path, dirname(path), meta)
  if (entry.path === path) entry.end = end
  return module.exports
}

function compiled(path: string, isEntry: boolean): CommonJs {
  try {
    const code = translated(path, 'imports').replaceAll('import.meta', 'import_meta')
    return functionOf(code, path, isEntry)
  } catch (error) {
    throw withPlace(error, path)
  }
}

/** A file's code as a function; what is one only with `await` in it awaits. */
function functionOf(code: string, path: string, isEntry: boolean): CommonJs {
  const compile = (text: string) => vm.compileFunction(text, SCOPE, { filename: path }) as CommonJs
  let awaiting: CommonJs
  try {
    return compile(code)
  } catch {
    awaiting = compile(`return (async () => {${code}\n})()`)
  }
  if (isEntry) return awaiting
  throw new InputError(
    `${relative('', path)}: await outside of functions is for the file that is named, not for those that it imports`,
  )
}

/**
 * The user's error in one line that begins with the place in the user's own code; undefined where an error isn't from
 * there.
 */
export function blamed(error: unknown): InputError | undefined {
  if (loadedFiles.size === 0 || error instanceof InputError || !(error instanceof Error)) return undefined
  const { name, message, stack = '' } = error
  const [, what, file, line] = /^(.*) \((.*), line (\d+)\)$/.exec(message) ?? []
  if (error instanceof SyntaxError && file) return new InputError(`${file}, line ${line}: ${name}: ${what}`)
  for (const [, path, line] of stack.matchAll(/((?:\/|[A-Z]:\\)[^()\n]*):(\d+):\d+\)?$/gm))
    if (loadedFiles.has(path))
      return new InputError(`${relative('', path)}, line ${line}: ${name}: ${message.split('\n')[0]}`)
  return undefined
}
