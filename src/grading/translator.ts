/**
 * Runs solutions in TypeScript: their own files, translated one by one with their lines in place, become modules that
 * are linked here. What they import from elsewhere is loaded by Node.
 */
import { createRequire } from 'node:module'
import { dirname, isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'
import { isTypeScript, ownFile, translated, withPlace } from '../own/typescript.js'

export { withPlace }

type Exports = Record<string, unknown>

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
