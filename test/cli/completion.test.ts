import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { routes } from '../../src/cli/routes.js'
import { cachelab } from './in-process.js'
import { shell } from './run.js'

async function candidates(...words: string[]): Promise<string[]> {
  const { stdout } = await cachelab(['complete', '--', ...words])
  return stdout.split('\n').slice(0, -1)
}

describe('candidates', () => {
  test.each([
    [[''], routes.filter(({ path, hidden }) => path.length === 1 && !hidden).map(({ path }) => path[0])],
    [['evict', '--policies', 'ar'], ['arc']],
    [
      ['evict', '--policies', 'lru,w-'],
      ['lru,w-tinylfu', 'lru,w-tinylfu-adaptive'],
    ],
    // Files with code beside the names, and folders on the way.
    [
      ['evict', '--policies', 'lru,./test/fixtures/own/'],
      ['lru,./test/fixtures/own/lru.js', 'lru,./test/fixtures/own/ring.js'],
    ],
    [
      ['evict', 'steps', '--policy', 'src/c'],
      ['src/cache-cluster/', 'src/cli/'],
    ],
    [
      ['ring', '--placement', 'r'],
      ['ring', 'rendezvous'],
    ],
    [['ring', '--placement', 'bin/'], ['bin/cachelab.js']],
    [['ring', '--hash', './bin/c'], ['./bin/cachelab.js']],
    [['tiers', '--policy', 'bin/'], ['bin/cachelab.js']],
    [['evict', '--workloads', 'zipf,bin/'], ['zipf,bin/cachelab.js']],
    [['workload', 'bin/'], ['bin/cachelab.js']],
    [['try', 'bin/c'], ['bin/cachelab.js']],
    [
      ['again', 'packag'],
      ['package-lock.json', 'package.json'],
    ],
    [['evict', '--trace', 'package.'], ['package.json']],
    [['evict', '--policies', 'package.'], []],
    [['evict', '--policies', 'nowhere/'], []],
    [
      ['evict', 'steps', '--policy', 'si'],
      ['sieve', 'size'],
    ],
    [['r'], ['ring', 'replicate', 'redis', 'reset']],
    [['check', 'h'], ['hash-ring']],
    [['rep'], ['replicate']],
    [['walk', 'v'], ['virtual-nodes']],
    [['workload', 'z'], ['zipf']],
    [
      ['replicate', 't'],
      ['timeline', 'trace'],
    ],
    [['ring', 's'], ['sweep']],
    [['ring', '--pl'], ['--placement']],
    [['ring', 'sweep', '--ru'], ['--runs']],
    [
      ['ring', '--hash', 'm'],
      ['md5', 'murmur3'],
    ],
    [
      ['ring', 'sweep', '--format', ''],
      ['table', 'json', 'csv', 'markdown', 'html', 'svg'],
    ],
    [['ring', '--vnodes', '1'], []],
    [['ring', '--keys-from', 'LIC'], ['LICENSE']],
    [['--v'], ['--version']],
    [['ring', '--help', '--al'], ['--all']],
    [['nonsense', 'x'], []],
  ])('%j', async (words, wanted) => {
    expect(await candidates(...words)).toEqual(wanted)
  })

  test('every option of a command', async () => {
    const { stdout } = await cachelab(['ring', '--help', '--all'])
    const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map((match) => match[1])
    expect((await candidates('ring', '--')).sort()).toEqual(options.sort())
  })
})

function has(command: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`])
    return true
  } catch {
    return false
  }
}

test('bash completes with the script', async () => {
  const line = `source <(cachelab completion bash)
    COMP_WORDS=(cachelab ring --hash mur) COMP_CWORD=3; _cachelab; echo "\${COMPREPLY[@]}"
    COMP_WORDS=(cachelab ring "") COMP_CWORD=2; _cachelab; echo "\${#COMPREPLY[@]}"; complete -p cachelab`
  const { stdout } = await shell(line)
  expect(stdout).toBe('murmur3\n8\ncomplete -o default -F _cachelab cachelab\n')
})

test.runIf(has('zsh'))('zsh completes with the script', async () => {
  const { stdout: script } = await cachelab(['completion', 'zsh'])
  const check = `cachelab() { ${process.execPath} bin/cachelab.js "$@" }
    compdef() { : }; compadd() { print -r -- "$@" }; _files() { print files }
    ${script}
    words=(cachelab ring --hash mur) CURRENT=4; _cachelab
    words=(cachelab ring --placement src/c) CURRENT=4; _cachelab
    words=(cachelab ring --keys-from x) CURRENT=4; _cachelab`
  // A folder is followed by no space.
  expect(execFileSync('zsh', ['-fc', check], { encoding: 'utf8' })).toBe(
    '-- murmur3\n-S  --\n--\n-S  -- src/cache-cluster/ src/cli/\nfiles\n',
  )
})

test.runIf(has('fish'))('fish completes with the script', async () => {
  const { stdout: script } = await cachelab(['completion', 'fish'])
  const check = `function cachelab; ${process.execPath} bin/cachelab.js $argv; end
${script}
complete -C 'cachelab ring --hash mur'
complete -C 'cachelab ring sw'`
  expect(execFileSync('fish', ['--no-config', '-c', check], { encoding: 'utf8' })).toBe('murmur3\nsweep\n')
})
