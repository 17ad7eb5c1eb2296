import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { transform } from 'sucrase'
import { root, run } from '../../cli/run.js'
import { folderOf } from '../../own/files.js'

/** An example of a doc comment. */
export interface Example {
  readonly name: string
  readonly path: string
  readonly code: string
}

/** A line of an example with a value in the comment behind an expression, and the line with the value that there is. */
export interface Shown {
  readonly line: string
  readonly real: string
}

/** What a report has: its tables with the units of their columns, and its conclusions. */
export interface ReportShape {
  readonly command: string
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[] }[]
  readonly findings: readonly string[]
}

/** What an example has shown, the reports that it has got, and why it ended early. */
export interface Outcome {
  readonly shown: readonly Shown[]
  readonly reports: readonly ReportShape[]
  readonly error?: string
}

/** Every `expression // value` of an example; not what declares something, and no line that is a comment. */
const SHOWN = /^(\s*)(?!\/\/|const |let |class |import |for |function |\})(\S.*?) \/\/ .*$/gm

/** A folder as a user has it: files, and the package in node_modules. */
export function userFolder(files: Readonly<Record<string, string>>): string {
  const folder = folderOf({ 'package.json': '{ "type": "module" }', ...files })
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules/cachelab'))
  return folder
}

/** Runs all examples in one process, one after the other, against the built library: as a user would import it. */
export async function runExamples(examples: readonly Example[]): Promise<Outcome[]> {
  const folder = userFolder({
    'examples.mjs': [HEAD, ...examples.map(scriptOf), FOOT].join('\n'),
    'requests.csv': 'key,size\nuser:1,10\nuser:2,20\nuser:1,10\n',
  })
  const { stdout, stderr, code } = await run(process.execPath, ['examples.mjs'], { cwd: folder })
  if (stderr !== '' || code !== 0) throw new Error(`the examples ended with ${code}: ${stderr}`)
  return JSON.parse(stdout)
}

const HEAD = `
import { createRequire } from 'node:module'
import { inspect } from 'node:util'
const load = createRequire(import.meta.url)
const outcomes = []
const column = ({ key, unit }) => '\`' + key + '\`' + (unit ? ' (' + unit + ')' : '')
const shapeOf = ({ command, tables, findings }) => ({
  command,
  tables: tables.map(({ name, columns }) => ({ name, columns: columns.map(column) })),
  findings: findings.map(({ id }) => id),
})
// A part of the library of which each function tells of the reports that it gives.
const telling = (part, tell) => new Proxy({}, {
  get: (_, name) => typeof part[name] !== 'function' ? part[name] : new Proxy(part[name], {
    apply(called, self, given) {
      const result = called.apply(self, given)
      if (result instanceof Promise) result.then((found) => found?.tables && tell(shapeOf(found)), () => {})
      return result
    },
  }),
})
async function example(run) {
  const [shown, reports] = [[], []]
  const require = (path) =>
    path.startsWith('cachelab') ? telling(load(path), (report) => reports.push(report)) : load(path)
  const show = (line, code, value) =>
    shown.push({ line, real: code + ' // ' + inspect(value, { depth: 6, breakLength: Infinity, compact: true }) })
  const error = await run(require, show, {}).then(() => undefined, (error) => String(error.stack))
  outcomes.push({ shown, reports, error })
}`

const FOOT = 'process.stdout.write(JSON.stringify(outcomes), () => process.exit())'

function scriptOf({ code }: Example): string {
  const shows = code.replaceAll(SHOWN, (line, start: string, expression: string) => {
    const texts = [line, start + expression].map((text) => JSON.stringify(text))
    return `${start}show(${texts}, ${expression});`
  })
  const { code: script } = transform(shows, { transforms: ['typescript', 'imports'] })
  return `await example(async (require, show, exports) => {${script}\n})`
}

/** The names that an example imports from a path, those of types too. */
export const importedBy = (code: string, path: string): string[] =>
  [...code.matchAll(/^import (?:type )?\{([^}]*)\} from '(.*)'$/gm)].flatMap(([, names, from]) =>
    from === path ? names.split(',').map((name) => name.replace('type ', '').trim()) : [],
  )
