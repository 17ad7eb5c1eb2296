/**
 * Bundles src/ into dist/: the program with everything it needs, its commands loaded when used, the worker,
 * and the library. The packages that are bundled keep their licences beside it.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'rolldown'
import { dynamicImportVarsPlugin, importGlobPlugin } from 'rolldown/experimental'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

// Few files start fast. What every command needs is one chunk, and what draws tables another, instead of one
// for each way in which commands happen to share modules.
const groups = [
  {
    name: 'core',
    priority: 2,
    test: /src\/(hashing|keys|parallel\/breathe|placement|random|workload|report\/(format|index|paint|text)|stats|input-error|cli\/(?!servers)[a-z-]+\.ts|cli\/options\/(arguments|connect|keys|ring)|cli\/output\/(show|terminal)|experiment\/ring\/(counting|setup))|commander|seedrandom|fastest-levenshtein|rolldown.runtime/,
  },
  {
    name: 'eviction',
    priority: 1,
    test: /src\/(eviction|cli\/options\/(eviction|trace)|trace\/|experiment\/eviction\/(requests|simulate))/,
  },
  {
    name: 'replication',
    priority: 1,
    test: /src\/(simulation|cache-cluster|cli\/options\/(fault|replication)|experiment\/replication\/(setup|requests|history|phase|price))/,
  },
  {
    name: 'grading',
    priority: 1,
    test: /src\/(grading\/(?!batch|formats|lab-package|new-lab|tarball|templates)|cli\/options\/lab)/,
  },
  { name: 'redis', priority: 1, test: /src\/(redis\/(?!serve)|redis-deployment|cli\/shells\/redis-script)/ },
  { name: 'terminal', priority: 1, test: /src\/report\/|cli-table3|string-width/ },
]

/** What packages would load for nothing, or slowly, and what they get instead. */
const substitutes = {
  name: 'substitutes',
  resolveId(id, importer = '') {
    // commander can start other programs as its subcommands, which ours are not.
    if (id === 'node:child_process' && importer.includes('commander')) return '\0nothing'
    // cli-table3 can colour borders, which we leave to the terminal.
    if (id === '@colors/colors/safe') return '\0nothing'
    // cli-table3 measures every cell; ours is the same measure with a short cut for common characters.
    if (id === 'string-width' && importer.includes('cli-table3')) return '\0width'
    return null
  },
  load(id) {
    if (id === '\0nothing') return 'module.exports = {}'
    if (id === '\0width')
      return `module.exports = require(${JSON.stringify(resolve('src/report/width.ts'))}).displayWidth`
    return null
  },
}

rmSync('dist', { recursive: true, force: true })
const program = await build({
  input: { cachelab: 'src/cli/main.ts' },
  platform: 'node',
  moduleTypes: { '.md': 'text', '.yml': 'text', '.py': 'text', '.redis': 'text', '.txt': 'text' },
  transform: { define: { CACHELAB_VERSION: JSON.stringify(version) } },
  // A command's module is imported by its name: one chunk for each file in commands/.
  plugins: [substitutes, dynamicImportVarsPlugin(), importGlobPlugin()],
  output: {
    dir: 'dist',
    format: 'cjs',
    minify: true,
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    codeSplitting: { groups },
  },
})
// The wrappers of bundled CommonJS packages run once, at start-up. V8 compiles a function in parentheses at once,
// but parses an arrow function twice; as functions they save two milliseconds.
for (const { fileName } of program.output) {
  const path = `dist/${fileName}`
  const code = readFileSync(path, 'utf8')
  writeFileSync(path, code.replace(/(?<=\be\.t\(\()\(?([\w,]*)\)?=>\{/g, 'function($1){'))
}

const worker = await build({
  input: { worker: 'src/experiment/worker.ts' },
  platform: 'node',
  output: { dir: 'dist', format: 'cjs', minify: true, entryFileNames: '[name].cjs' },
})
// Each exercise's checks are loaded by the exercise's name.
const checks = await build({
  input: Object.fromEntries(readdirSync('exercises').map((slug) => [slug, `exercises/${slug}/checks.ts`])),
  platform: 'node',
  output: {
    dir: 'dist/checks',
    format: 'cjs',
    minify: true,
    entryFileNames: '[name].cjs',
    chunkFileNames: 'shared-[name].cjs',
  },
})
const host = await build({
  input: { host: 'src/grading/host.ts' },
  platform: 'node',
  output: { dir: 'dist', minify: true, entryFileNames: '[name].mjs' },
})
const library = await build({
  input: { index: 'src/index.ts' },
  platform: 'node',
  output: { dir: 'dist', minify: true, chunkFileNames: 'library-[name].js' },
})

const packages = [program, worker, checks, host, library]
  .flatMap(({ output }) => output.flatMap((chunk) => chunk.moduleIds ?? []))
  .map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
  .filter((name) => name !== undefined)
const licences = [...new Set(packages)].sort().map((name) => {
  const folder = `node_modules/${name}`
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry)) ?? 'README.md'
  const text = readFileSync(`${folder}/${file}`, 'utf8')
  // seedrandom keeps its licence at the end of its README.
  return `${name}\n\n${(file === 'README.md' ? text.slice(text.lastIndexOf('LICENSE')) : text).trim()}\n`
})
writeFileSync('dist/THIRD-PARTY-LICENSES.txt', licences.join(`\n${'-'.repeat(80)}\n\n`))
