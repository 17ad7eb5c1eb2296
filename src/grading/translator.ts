/**
 * Runs solutions in TypeScript: their own files, translated one by one with their lines in place, become modules that
 * are linked here. What they import from elsewhere is loaded by Node.
 */
import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, isAbsolute, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import vm from 'node:vm'
import { type Transform, transform } from 'sucrase'

type Exports = Record<string, unknown>

const isTypeScript = (path: string) => /\.[cm]?ts$/.test(path)

/** JavaScript for a file's text; with `imports` as CommonJS, whatever it was. */
function translated(path: string, ...more: Transform[]): string {
  const transforms: Transform[] = isTypeScript(path) ? ['typescript', ...more] : more
  return transform(readFileSync(path, 'utf8'), { transforms, disableESTransforms: true }).code
}

/** Modules by path, also those still loading: circles of imports end here. */
const modules = new Map<string, vm.Module>()

/** Loads a file with all that it imports, and gives what it exports. */
export async function importTypeScript(path: string): Promise<Exports> {
  return (await evaluated(moduleOf(path))).namespace as Exports
}

async function evaluated(module: vm.Module): Promise<vm.Module> {
  if (module.status === 'unlinked') await module.link(linked)
  await module.evaluate()
  return module
}

function moduleOf(path: string): vm.Module {
  const known = modules.get(path)
  if (known) return known
  try {
    const module = newModule(path)
    modules.set(path, module)
    return module
  } catch (error) {
    throw withPlace(error, path)
  }
}

function newModule(path: string): vm.Module {
  const isCommonJs = path.endsWith('.cts')
  const code = translated(path, ...(isCommonJs ? (['imports'] as const) : []))
  const run = isCommonJs || /\bexports\b/.test(code) ? asFunction(code, path) : undefined
  if (run) return synthetic(commonJsExports(path, run))
  const facts = { url: pathToFileURL(path).href, filename: path, dirname: dirname(path) }
  return new vm.SourceTextModule(code, {
    identifier: path,
    initializeImportMeta: (meta) => Object.assign(meta, facts),
    importModuleDynamically: async (specifier) => evaluated(await linked(specifier, { identifier: path })),
  })
}

/** What a module imports: a file of the solution's, or whatever Node finds. */
async function linked(specifier: string, { identifier }: { identifier: string }): Promise<vm.Module> {
  const file = ownFile(specifier, identifier)
  if (file && /\.([cm]?ts|m?js)$/.test(file)) return moduleOf(file)
  const require = createRequire(identifier)
  const found = file ?? require.resolve(specifier)
  if (found.endsWith('.json')) return synthetic({ default: require(found) })
  return synthetic(await import(isAbsolute(found) ? pathToFileURL(found).href : found))
}

/** The file that a path leads to, also where it names the JavaScript that would be made of it, or no ending. */
function ownFile(specifier: string, importer: string): string | undefined {
  if (!/^(\.{0,2}\/|file:)/.test(specifier)) return undefined
  const path = specifier.startsWith('file:')
    ? fileURLToPath(specifier)
    : resolve(dirname(importer), specifier)
  const places = [path, path.replace(/js$/, 'ts'), `${path}.ts`, `${path}.js`, `${path}/index.ts`]
  return places.find((place) => statSync(place, { throwIfNoEntry: false })?.isFile())
}

function synthetic(exports: Exports): vm.Module {
  const names = Object.keys(exports)
  const module: vm.SyntheticModule = new vm.SyntheticModule(names, () => {
    for (const name of names) module.setExport(name, exports[name])
  })
  return module
}

type CommonJs = (...scope: unknown[]) => void

/** Code as a CommonJS module's function; undefined for what only an ES module can be. */
function asFunction(code: string, path: string): CommonJs | undefined {
  try {
    const scope = ['exports', 'require', 'module', '__filename', '__dirname']
    return vm.compileFunction(code, scope, { filename: path }) as CommonJs
  } catch {
    return undefined
  }
}

function commonJsExports(path: string, run: CommonJs): Exports {
  const native = createRequire(path)
  const require = (specifier: string) => {
    const file = ownFile(specifier, path)
    const other = file && isTypeScript(file) ? asFunction(translated(file, 'imports'), file) : undefined
    return file && other ? commonJsExports(file, other).default : native(specifier)
  }
  const module = { exports: {} as Exports }
  run(module.exports, require, module, path, dirname(path))
  return { ...module.exports, default: module.exports }
}

/** A SyntaxError that says where in a file it is, where the file's syntax is at fault; any other error as it is. */
export function withPlace(error: unknown, path: string): unknown {
  try {
    const code = translated(path, 'imports').replaceAll('import.meta', 'import_meta')
    // As a function, V8 says the line of what it can't read; the errors of a module don't have it.
    new vm.Script(`async (exports, require, module) => {${code}\n}`, { filename: path })
  } catch (found) {
    const { message, stack, loc } = found as Error & { loc?: { line: number } }
    const line = loc?.line ?? stack?.slice(path.length).match(/^:(\d+)/)?.[1]
    const [what] = message.replace(/^Error transforming .*?: /, '').split(/ \(\d+:\d+\)/)
    return new SyntaxError(line === undefined ? what : `${what} (${basename(path)}, line ${line})`)
  }
  return error
}
