/**
 * `npm run fuzz -- --count 10000 --seed 7`: tries the built program on random input and says which of it breaks a rule.
 * Bundles the fuzzer, which is TypeScript and shares the program's sources, and starts it. See main.ts.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'rolldown'
import { dynamicImportVarsPlugin, importGlobPlugin } from 'rolldown/experimental'

process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
// The sources look for the project's package.json above their own folder.
const bundle = mkdtempSync('node_modules/.fuzz-')
const places = mkdtempSync(join(tmpdir(), 'cachelab-fuzz-'))
process.on('exit', () => {
  for (const folder of [bundle, places]) rmSync(folder, { recursive: true, force: true })
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130))
await build({
  input: { main: 'test/fuzz/main.ts', child: 'test/fuzz/child.ts' },
  platform: 'node',
  logLevel: 'silent',
  moduleTypes: { '.md': 'text', '.yml': 'text', '.py': 'text', '.redis': 'text', '.txt': 'text' },
  transform: { define: { CACHELAB_VERSION: '"0.0.0"' } },
  plugins: [dynamicImportVarsPlugin(), importGlobPlugin()],
  output: { dir: bundle, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
})
const { fuzz } = await import(pathToFileURL(resolve(bundle, 'main.mjs')).href)
process.exitCode = await fuzz(process.argv.slice(2), resolve(bundle, 'child.mjs'), places)
