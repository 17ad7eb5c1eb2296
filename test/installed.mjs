import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Packages that only a script needs, each as `name@version`: the folder `node_modules` with them, in ~/.cache/cachelab (or
 * $XDG_CACHE_HOME). The first call installs them; one that was interrupted is done again.
 */
export function installed(...packages) {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const folder = join(cache, 'cachelab', packages.join('+').replaceAll('/', '-'))
  const modules = join(folder, 'node_modules')
  // npm writes this file when all the others are there.
  if (!existsSync(join(modules, '.package-lock.json'))) {
    mkdirSync(folder, { recursive: true })
    const options = ['--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts']
    execFileSync('npm', ['install', ...options, ...packages], { stdio: 'inherit' })
  }
  return modules
}
