/**
 * Bundles src/ into dist/: the program with everything it needs, its commands loaded when used, the worker,
 * and the library, which shares their code. The packages that are bundled keep their licences beside it.
 */
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { parse, resolve } from 'node:path'
import { build } from 'rolldown'
import { dynamicImportVarsPlugin, importGlobPlugin } from 'rolldown/experimental'

// What V8 says was run can be traced back to the sources only in code that isn't minified (see test/coverage.mjs).
const coverage = process.env.CACHELAB_COVERAGE !== undefined
const emitted = { minify: !coverage, sourcemap: coverage && 'hidden' }

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

const from = (places, packages = []) =>
  new RegExp(
    [...places.map((place) => `/src/${place}`), ...packages.map((name) => `/node_modules/${name}/`)].join(
      '|',
    ),
  )

// Few files start fast. What every command needs is one chunk, what draws tables another, and each house one, instead
// of one for each way in which commands happen to share modules. The first that fits takes a module and all that it
// imports.
const groups = [
  {
    name: 'core',
    test: from(
      [
        '(hashing|keys|placement|random|stats|workload)/',
        '(at-end|input-error|parallel/(breathe|difference|division|jobs|side-by-side)|cli/[a-z-]+)\\.ts',
        'report/(format|index|paint|text)',
        'cli/options/(arguments|connect|declare|keys|ring)',
        'cli/output/(show|terminal)',
        'experiment/ring/(counting|setup)',
        // All that the store of Redis takes of eviction.
        'eviction/(candidate-pool|logarithmic-counter)',
      ],
      ['commander', 'seedrandom', 'fastest-levenshtein'],
    ),
  },
  { name: 'terminal', test: from(['report/(?!html|svg)'], ['cli-table3']) },
  {
    name: 'eviction',
    test: from(['eviction/', 'trace/(?!archives/)', 'experiment/eviction/(requests|simulate)']),
  },
  { name: 'replication', test: from(['(simulation|cache-cluster)/']) },
  { name: 'redis', test: from(['redis/(?!serve)']), minShareCount: 2 },
  { name: 'redis-deployment', test: from(['redis-deployment/']), minShareCount: 2 },
  { name: 'grading', test: from(['grading/']), minShareCount: 2 },
].map((group, i, all) => ({ ...group, priority: all.length - i }))

/**
 * What modules would load for nothing, or slowly, and the code that they get instead: by a part of the module's path,
 * and what it asks for. The build fails when a module asks for it no more.
 */
function substitutes(rows) {
  const unused = new Set(rows.keys())
  return {
    name: 'substitutes',
    resolveId(id, importer = '') {
      const row = rows.findIndex(([from, asked]) => asked === id && importer.includes(from))
      unused.delete(row)
      return row < 0 ? null : `\0substitute-${row}`
    },
    load(id) {
      const [, row] = /^\0substitute-(\d+)$/.exec(id) ?? []
      return row === undefined ? null : rows[row][2]
    },
    generateBundle() {
      const list = [...unused].map((row) => `${rows[row][0]}: ${rows[row][1]}`)
      if (list.length > 0) throw new Error(`substitutes that nothing asks for: ${list.join(', ')}`)
    },
  }
}

rmSync('dist', { recursive: true, force: true })
const program = await build({
  // Each exercise's checks are loaded by the exercise's name, and the worker by a thread.
  input: {
    cachelab: 'src/cli/main.ts',
    unicode: 'string-width',
    worker: 'src/experiment/worker.ts',
    'library/index': 'src/index.ts',
    ...Object.fromEntries(
      readdirSync('src/library').map((file) => [`library/${parse(file).name}`, `src/library/${file}`]),
    ),
    ...Object.fromEntries(
      readdirSync('exercises').map((slug) => [`checks/${slug}`, `exercises/${slug}/checks.ts`]),
    ),
  },
  external: ['./unicode.cjs'],
  makeAbsoluteExternalsRelative: false,
  // Commands import from the chunk that is run, instead of from one behind it.
  preserveEntrySignatures: 'allow-extension',
  platform: 'node',
  moduleTypes: { '.md': 'text', '.yml': 'text', '.py': 'text', '.redis': 'text', '.txt': 'text' },
  transform: { define: { CACHELAB_VERSION: JSON.stringify(version) } },
  plugins: [
    substitutes([
      // commander can start other programs as its subcommands, which ours are not.
      ['node_modules/commander/', 'node:child_process', 'module.exports = {}'],
      // cli-table3 can colour borders, which we leave to the terminal.
      ['node_modules/cli-table3/', '@colors/colors/safe', 'module.exports = {}'],
      // cli-table3 measures every cell; ours is the same measure with a short cut for common characters.
      [
        'node_modules/cli-table3/',
        'string-width',
        `module.exports = require(${JSON.stringify(resolve('src/report/width.ts'))}).displayWidth`,
      ],
      // Its tables of Unicode take tens of milliseconds to load, even to parse, and few texts need them.
      ['report/width.ts', 'string-width', "module.exports = (text) => require('./unicode.cjs')(text)"],
    ]),
    // A command's module is imported by its name: a chunk for each file in commands/.
    dynamicImportVarsPlugin(),
    importGlobPlugin(),
  ],
  output: {
    dir: 'dist',
    format: 'cjs',
    ...emitted,
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    codeSplitting: { groups },
  },
})
// The wrappers of bundled CommonJS packages run once, at start-up. V8 compiles a function in parentheses at once, but
// parses an arrow function twice; as functions they save two milliseconds. All of them have to be found.
const wrapper = /(?<=\.t\(\()(?:\(([\w,]*)\)|(\w+))=>\{/g
let wrappers = 0
for (const { fileName, code, moduleIds } of coverage ? [] : program.output) {
  const eager = code.replace(wrapper, (_, several = '', one = '') => {
    wrappers++
    return `function(${several}${one}){`
  })
  writeFileSync(`dist/${fileName}`, eager)
  if (/\.t\(\([^f]/.test(eager))
    throw new Error(`a wrapper of another shape in ${fileName}, with ${moduleIds.join(', ')}`)
}
if (wrappers === 0 && !coverage) throw new Error('no wrappers of CommonJS packages')

// The schema of reports, for programs that read them.
copyFileSync('src/report/report.schema.json', 'dist/report.schema.json')

// Lua for the scripts of Redis, which reads it when the first script is sent.
copyFileSync('node_modules/wasmoon-lua5.1/dist/liblua5.1.wasm', 'dist/lua.wasm')

const host = await build({
  input: { host: 'src/grading/host.ts' },
  platform: 'node',
  resolve: { mainFields: ['module', 'main'] },
  plugins: [
    substitutes([
      // sucrase can make source maps, print tokens and check its options, none of which is wanted.
      ['sucrase', './computeSourceMap', 'export default undefined'],
      ['sucrase', './util/formatTokens', 'export default undefined'],
      ['sucrase', './Options', 'export const validateOptions = () => {}'],
    ]),
  ],
  output: { dir: 'dist', ...emitted, entryFileNames: '[name].mjs', chunkFileNames: 'host-[name].mjs' },
})

const bundled = [program, host]
  .flatMap(({ output }) => output.flatMap((chunk) => chunk.moduleIds ?? []))
  .map((path) => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
  .filter((folder) => folder !== undefined)
const licences = [...new Set([...bundled, resolve('node_modules/wasmoon-lua5.1')])].sort().map((folder) => {
  const { name, version, license, author, main } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry)) ?? 'README.md'
  const text = readFileSync(`${folder}/${file}`, 'utf8')
  // seedrandom keeps its licence at the end of its README; xz-decompress names its authors' at the top of its code.
  const at = file === 'README.md' ? text.lastIndexOf('LICENSE') : 0
  const named = () =>
    `${license}, ${author}\n\n${/^\/\*.*?\*\//s.exec(readFileSync(`${folder}/${main}`, 'utf8'))?.[0]}`
  return `${name} ${version}\n\n${at < 0 ? named() : text.slice(at).trim()}\n`
})
writeFileSync('dist/THIRD-PARTY-LICENSES.txt', licences.join(`\n${'-'.repeat(80)}\n\n`))
