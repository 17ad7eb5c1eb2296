/**
 * The library's types in dist/types, for users who have neither commander, which is bundled, nor the types of Node: what
 * the declarations of our commands say of them is not for users, and unknown.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

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
