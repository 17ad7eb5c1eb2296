/**
 * The library's types in dist/types, for users who have neither commander, which is bundled, nor the types of Node: what
 * the declarations of our commands say of them is not for users, and unknown. Modules that the library's types don't
 * mention, two of three, are left out: they were an eighth of the tarball.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const folder = 'dist/types'
rmSync(folder, { recursive: true, force: true })
execFileSync('npx', ['tsc', '-p', 'src'], { stdio: 'inherit' })
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.d.ts')) continue
  const path = join(folder, name)
  const text = readFileSync(path, 'utf8')
  const plain = text
    .replace(/\bBuffer\b/g, 'Uint8Array')
    .replace(/NodeJS\.ProcessEnv/g, 'Readonly<Record<string, string | undefined>>')
    .replace(/import\("commander"\)\.\w+/g, 'unknown')
    .replace(/^import (?:type )?\{(.*)\} from 'commander';$/gm, (_, names) =>
      names
        .split(',')
        .map((each) => `type ${each.replace('type ', '').trim()} = unknown;`)
        .join(' '),
    )
  if (plain !== text) writeFileSync(path, plain)
}

const parts = readdirSync(join(folder, 'library')).map((name) => join(folder, 'library', name))
const mentioned = new Set([join(folder, 'index.d.ts'), ...parts])
// A set goes on with what is added to it on the way.
for (const path of mentioned)
  for (const [, module] of readFileSync(path, 'utf8').matchAll(
    /(?:from |import\(|import )["'](\.[^"']+)\.js["']/g,
  ))
    mentioned.add(join(dirname(path), `${module}.d.ts`))
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
  if (name.endsWith('.d.ts') && !mentioned.has(join(folder, name))) rmSync(join(folder, name))
