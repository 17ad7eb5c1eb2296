/**
 * How much of src/ the quick layer runs, by folder: `npm run coverage [-- FILTER...]`. Two counts are added: of the
 * sources and of the built program in Vitest's workers (see coverage-worker.ts), and of the built program in the
 * processes that tests start (NODE_V8_COVERAGE). A process that ends by a signal, or is isolated, writes no counts. The
 * reporter isn't a dependency: the first call installs it (see installed.mjs).
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { installed } from './installed.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'cachelab-coverage-'))
const dumps = join(folder, 'dumps')

/** The scripts of dist/ by their address, with counts of zero: what no process loads is in the sums too. */
function builtScripts() {
  const names = readdirSync(join(root, 'dist'), { recursive: true }).filter((name) => name.endsWith('.map'))
  const scripts = names.map((name) => {
    const map = join(root, 'dist', name)
    const sourceMap = JSON.parse(readFileSync(map, 'utf8'))
    sourceMap.sources = sourceMap.sources.map((source) => source.replace(/^(\.\.\/)+/, ''))
    const path = map.slice(0, -'.map'.length)
    const source = readFileSync(path, 'utf8')
    const ranges = [{ startOffset: 0, endOffset: source.length, count: 0 }]
    const functions = [{ functionName: '', ranges, isBlockCoverage: true }]
    return { url: pathToFileURL(path).href, source, sourceMap, functions }
  })
  return new Map(scripts.map((script) => [script.url, script]))
}

/** A script that Vitest made of a source: a function around it, and its source map in a comment at its end. */
function workerScript({ url, source, functions }) {
  const scriptOffset = source.indexOf('{{') + 2
  const [, map] = /^\/\/# sourceMappingURL=.*base64,(.*)$/m.exec(source)
  const sourceMap = JSON.parse(Buffer.from(map, 'base64').toString())
  sourceMap.sources = [fileURLToPath(url).slice(root.length)]
  return { url, source: source.slice(scriptOffset), scriptOffset, sourceMap, functions }
}

/** A row of the table: how many lines and functions of the files ran. */
function row(name, files) {
  const cells = ['lines', 'functions'].map((kind) => {
    const sum = (count) => files.reduce((total, { summary }) => total + summary[kind][count], 0)
    const [covered, total] = [sum('covered'), sum('total')]
    return (
      `${covered} of ${total}`.padStart(18) + `${((100 * covered) / (total || 1)).toFixed(1)} %`.padStart(9)
    )
  })
  return `${name.padEnd(34)}${cells.join('')}`
}

try {
  mkdirSync(dumps)
  const require = createRequire(join(installed('monocart-coverage-reports@2.13.0'), 'any.cjs'))
  const { CoverageReport } = require('monocart-coverage-reports')
  const vitest = ['vitest', 'run', '--config', 'test/vitest.config.ts', '--project', 'quick']
  const env = { ...process.env, CACHELAB_COVERAGE: dumps }
  const tests = spawnSync('npx', [...vitest, ...process.argv.slice(2)], { cwd: root, env, stdio: 'inherit' })
  process.exitCode = tests.status ?? 1

  const report = new CoverageReport({
    logging: 'error',
    baseDir: root,
    outputDir: join(folder, 'report'),
    reports: 'none',
    sourceFilter: (path) => /^src\/.*\.ts$/.test(path),
  })
  const built = builtScripts()
  await report.add([...built.values()])
  for (const file of readdirSync(dumps)) {
    const { result } = JSON.parse(readFileSync(join(dumps, file), 'utf8'))
    const scripts = result.flatMap((script) => {
      if (built.has(script.url)) return { ...built.get(script.url), functions: script.functions }
      return script.source ? workerScript(script) : []
    })
    if (scripts.length > 0) await report.add(scripts)
  }
  const { files } = await report.generate()
  const folders = [...new Set(files.map(({ sourcePath }) => dirname(sourcePath)))].sort()
  console.log(`${'folder'.padEnd(34)}${'lines'.padStart(27)}${'functions'.padStart(27)}`)
  for (const name of folders) {
    const inFolder = files.filter(({ sourcePath }) => dirname(sourcePath) === name)
    console.log(row(name, inFolder))
  }
  console.log(row('all', files))
} finally {
  rmSync(folder, { recursive: true, force: true })
  execFileSync(process.execPath, ['src/build.mjs'], { cwd: root, stdio: 'inherit' })
}
