/** Redis's own sources, of which the tests are used: from Debian's archive, unpacked in a folder outside the tree. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { basename, join } from 'node:path'

const APT = '/etc/apt'

/** The machine's own lists of packages, read as lists of sources: in Debian's two formats. */
function sourceLists(folder) {
  const parts = join(APT, 'sources.list.d')
  const files = [join(APT, 'sources.list')]
  if (existsSync(parts)) files.push(...readdirSync(parts).map((name) => join(parts, name)))
  for (const file of files) {
    if (!/\.(list|sources)$/.test(file) || !existsSync(file)) continue
    const text = readFileSync(file, 'utf8').replace(/^(Types:\s*)?deb(?=\s)/gm, '$1deb-src')
    writeFileSync(join(folder, basename(file)), text)
  }
}

function download(version, folder) {
  for (const name of ['lists', 'parts']) mkdirSync(join(folder, name), { recursive: true })
  sourceLists(join(folder, 'parts'))
  const options = {
    'Dir::Etc::sourcelist': '/dev/null',
    'Dir::Etc::sourceparts': join(folder, 'parts'),
    'Dir::State::lists': join(folder, 'lists'),
  }
  const apt = (...words) => {
    const given = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])
    return spawnSync('apt-get', ['-q', ...given, ...words], { cwd: folder, encoding: 'utf8' })
  }
  apt('update')
  const { error, stderr } = apt('source', '--download-only', 'redis')
  const tarball = join(folder, `redis_${version}.orig.tar.gz`)
  if (existsSync(tarball)) return tarball
  throw new Error(`apt-get source brings no Redis ${version}: ${error?.message ?? stderr.trim()}`)
}

/** The folder of the sources of a version of Redis. The first call downloads 3 MB; later ones find them there. */
export function redisSource(version) {
  const folder = join(tmpdir(), `cachelab-redis-suite-${userInfo().uid}`)
  const unpacked = join(folder, `redis-${version}`)
  if (existsSync(unpacked)) return unpacked
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const partial = join(folder, `partial-${process.pid}`)
  mkdirSync(partial)
  execFileSync('tar', ['-xzf', download(version, folder), '-C', partial, '--strip-components=1'])
  renameSync(partial, unpacked)
  rmSync(join(folder, 'lists'), { recursive: true })
  return unpacked
}
