import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  API,
  type Checker,
  type Project,
  SymbolFlags,
  type Symbol as TsSymbol,
} from 'typescript/unstable/sync'
import { root } from '../../cli/run.js'
import { type Export, plain, Reader } from './declaration.js'

/** A path of the library, such as `cachelab/eviction`. */
export interface Page {
  readonly path: string
  readonly doc: string
  readonly exports: readonly Export[]
}

/** All paths of the library. What has a path of its own is not in that of everything, `cachelab`, again. */
export function readApi(): Page[] {
  const api = new API({ cwd: root })
  try {
    const project = api.updateSnapshot({ openProject: join(root, 'src/tsconfig.json') }).getProjects()[0]
    const parts = readdirSync(join(root, 'src/library'))
      .map((name) => name.replace(/\.ts$/, ''))
      .filter((name) => name !== 'experiment')
    const pages = parts.sort().map((name) => readPage(project, `cachelab/${name}`, `src/library/${name}.ts`))
    const ofParts = new Set(pages.flatMap(({ exports }) => exports.map(({ name }) => name)))
    const whole = readPage(project, 'cachelab', 'src/index.ts')
    return [{ ...whole, exports: whole.exports.filter(({ name }) => !ofParts.has(name)) }, ...pages]
  } finally {
    api.close()
  }
}

function readPage(project: Project, path: string, file: string): Page {
  const source = project.program.getSourceFile(join(root, file))!
  const { checker } = project
  const exports = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!)
  const text = JSON.stringify(exports.map((symbol) => new Reader(project, symbol).export()))
  return { path, doc: plain(source.text), exports: JSON.parse(asExported(checker, exports, text)) }
}

/** A text in which types have the names under which they are exported: the store is a Server in its own file. */
function asExported(checker: Checker, exports: readonly TsSymbol[], text: string): string {
  const renamed = exports.filter(({ flags }) => flags & SymbolFlags.Alias)
  return renamed.reduce((before, exported) => {
    const { name } = checker.getAliasedSymbol(exported)
    return name === exported.name || /^[a-z]/.test(name)
      ? before
      : before.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), exported.name)
  }, text)
}
