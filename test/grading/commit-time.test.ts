import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commitTime } from '../../src/grading/commit-time.js'
import { byLayer, testOnce } from '../layer.js'

const temporary = () => mkdtempSync(join(tmpdir(), 'commit-'))

function git(folder: string, ...args: string[]): string {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@b',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@b',
    GIT_COMMITTER_DATE: date,
    GIT_AUTHOR_DATE: '1000000000 +0000',
  }
  return execFileSync('git', args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()
}
let date = ''

/** A repository with some commits, a day apart, with messages that make them alike or long. */
function repository(commits = 1, ...options: string[]): string {
  const folder = temporary()
  git(folder, 'init', '-q', '-b', 'main', ...options)
  for (let i = 1; i <= commits; i++) {
    date = `${1_700_000_000 + i * 86400} -0330`
    writeFileSync(join(folder, 'file'), `${i}`)
    git(folder, 'add', 'file')
    git(
      folder,
      'commit',
      '-q',
      '-m',
      `Number ${i}\n\ncommitter x <y> 5 +0000\n${'the same words '.repeat(200)}`,
    )
  }
  return folder
}

/** What git itself says, in a repository of ours. */
const said = (folder: string) => new Date(Number(git(folder, 'log', '-1', '--format=%ct')) * 1000)

describe('what git says', () => {
  testOnce('a commit of its own, from any folder in it', () => {
    const folder = repository(2)
    mkdirSync(join(folder, 'a/b'), { recursive: true })
    expect(commitTime(folder)).toEqual(new Date((1_700_000_000 + 2 * 86400) * 1000))
    expect(commitTime(join(folder, 'a/b'))).toEqual(said(folder))
  })

  testOnce('a detached HEAD, a branch below another, packed references, a symbolic reference', () => {
    const folder = repository(3)
    git(folder, 'checkout', '-q', '--detach', 'HEAD~1')
    expect(commitTime(folder)).toEqual(said(folder))
    git(folder, 'checkout', '-q', '-b', 'a/b', 'HEAD~1')
    expect(commitTime(folder)).toEqual(said(folder))
    git(folder, 'pack-refs', '--all')
    expect(existsSync(join(folder, '.git/refs/heads/a/b'))).toBe(false)
    expect(commitTime(folder)).toEqual(said(folder))
    git(folder, 'symbolic-ref', 'refs/heads/other', 'refs/heads/a/b')
    git(folder, 'symbolic-ref', 'HEAD', 'refs/heads/other')
    expect(commitTime(folder)).toEqual(said(folder))
  })

  test.each([[], ['--object-format=sha256']])('every commit of a pack, with %j', (...options) => {
    const folder = repository(12, ...options)
    git(folder, '-c', 'pack.window=50', 'gc', '-q', '--aggressive', '--prune=now')
    const objects = git(folder, 'verify-pack', '-v', ...packs(folder))
    // Some are told as a change to another, which is told as a change to a third.
    expect(objects).toMatch(/ commit .* 1 [\da-f]+$/m)
    for (let i = 0; i < 12; i += byLayer(4, 1)) {
      git(folder, 'checkout', '-q', '--detach', `main~${i}`)
      expect(commitTime(folder)).toEqual(new Date((1_700_000_000 + (12 - i) * 86400) * 1000))
    }
  })

  test('a pack whose changes name their base', () => {
    const folder = repository(12)
    const list = execFileSync('git', ['rev-list', '--objects', '--all'], { cwd: folder })
    const pack = execFileSync('git', ['pack-objects', '--no-reuse-delta', '--window=50', '--stdout'], {
      cwd: folder,
      input: list,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    rmSync(join(folder, '.git/objects'), { recursive: true })
    mkdirSync(join(folder, '.git/objects/pack'), { recursive: true })
    writeFileSync(join(folder, '.git/objects/pack/pack-x.pack'), pack)
    execFileSync('git', ['index-pack', join(folder, '.git/objects/pack/pack-x.pack')])
    expect(git(folder, 'verify-pack', '-v', ...packs(folder))).toMatch(/ commit .* 1 [\da-f]+$/m)
    for (let i = 0; i < 12; i += byLayer(4, 1)) {
      git(folder, 'checkout', '-q', '--detach', `main~${i}`)
      expect(commitTime(folder)).toEqual(said(folder))
    }
  })

  testOnce('a clone of one commit, as CI makes it', () => {
    const folder = temporary()
    git(folder, 'clone', '-q', '--depth', '1', `file://${repository(5)}`, 'clone')
    expect(commitTime(join(folder, 'clone'))).toEqual(said(join(folder, 'clone')))
  })
})

const packs = (folder: string) => {
  const at = join(folder, '.git/objects/pack')
  return readdirSync(at)
    .filter((name) => name.endsWith('.idx'))
    .map((name) => join(at, name))
}

/** Repositories that would run a command, read elsewhere or never end; given is the file that a command would make. */
const hostile: Record<string, (folder: string, ran: string) => void> = {
  'a partial clone whose other side is a command': (folder, ran) => {
    writeFileSync(
      join(folder, '.git/config'),
      `[core]\nrepositoryformatversion = 1\n[extensions]\npartialClone = origin\n[remote "origin"]\nurl = ${folder}\npromisor = true\nuploadpack = "touch ${ran}; false"\n`,
    )
    rmSync(join(folder, '.git/objects'), { recursive: true })
    mkdirSync(join(folder, '.git/objects'))
  },
  'a monitor of the file system': (folder, ran) => {
    git(folder, 'config', 'core.fsmonitor', `touch ${ran}`)
    git(folder, 'config', 'core.pager', `touch ${ran}`)
    git(folder, 'config', 'gpg.program', `touch ${ran}`)
    writeFileSync(join(folder, '.git/HEAD'), 'x')
  },
  'a bare repository among the files': (folder, ran) => {
    git(folder, 'config', 'core.fsmonitor', `touch ${ran}`)
    for (const name of readdirSync(join(folder, '.git')))
      cpSync(join(folder, '.git', name), join(folder, name), { recursive: true })
    rmSync(join(folder, '.git'), { recursive: true })
  },
  'a .git file': (folder) => {
    renameSync(join(folder, '.git'), join(folder, 'other'))
    writeFileSync(join(folder, '.git'), 'gitdir: other\n')
  },
  'a .git that is a link': (folder) => {
    renameSync(join(folder, '.git'), join(folder, 'other'))
    symlinkSync('other', join(folder, '.git'))
  },
  'objects behind a link': (folder) => {
    renameSync(join(folder, '.git/objects'), join(folder, 'other'))
    symlinkSync('../other', join(folder, '.git/objects'))
  },
  'a HEAD that is a link': (folder) => {
    rmSync(join(folder, '.git/HEAD'))
    symlinkSync('ORIG_HEAD', join(folder, '.git/HEAD'))
    writeFileSync(join(folder, '.git/ORIG_HEAD'), 'ref: refs/heads/main\n')
  },
  'a HEAD that is a pipe': (folder) => {
    rmSync(join(folder, '.git/HEAD'))
    execFileSync('mkfifo', [join(folder, '.git/HEAD')])
  },
  'a HEAD of a terabyte': (folder) => truncateSync(join(folder, '.git/HEAD'), 2 ** 40),
  'packed references of a terabyte': (folder) => {
    git(folder, 'pack-refs', '--all')
    truncateSync(join(folder, '.git/packed-refs'), 2 ** 40)
  },
  'references in a circle': (folder) => {
    writeFileSync(join(folder, '.git/refs/heads/main'), 'ref: refs/heads/other\n')
    writeFileSync(join(folder, '.git/refs/heads/other'), 'ref: refs/heads/main\n')
  },
  'a reference that leads out': (folder) => {
    writeFileSync(join(folder, 'name'), git(folder, 'rev-parse', 'HEAD'))
    writeFileSync(join(folder, '.git/HEAD'), 'ref: refs/../../name\n')
  },
  'a HEAD that names a file with it': (folder) => {
    writeFileSync(join(folder, '.git/HEAD'), git(folder, 'rev-parse', 'HEAD:file'))
  },
  'an object that unpacks without end': (folder) => {
    const name = git(folder, 'rev-parse', 'HEAD')
    const bomb = execFileSync(
      'python3',
      ['-c', 'import zlib, sys; sys.stdout.buffer.write(zlib.compress(b"commit 9\\0" + b"0" * (1 << 26)))'],
      { maxBuffer: 1 << 24 },
    )
    const path = join(folder, '.git/objects', name.slice(0, 2), name.slice(2))
    rmSync(path)
    writeFileSync(path, bomb)
  },
  'an index of a pack that is none': (folder) => {
    git(folder, 'gc', '-q')
    for (const path of packs(folder)) {
      rmSync(path)
      writeFileSync(path, Buffer.concat([Buffer.from('ff744f6300000002', 'hex'), Buffer.alloc(4096, 0xff)]))
    }
  },
  'a pack that is none': (folder) => {
    git(folder, 'gc', '-q')
    for (const path of packs(folder)) {
      rmSync(path.replace(/idx$/, 'pack'))
      writeFileSync(path.replace(/idx$/, 'pack'), Buffer.alloc(1 << 19, 0xee))
    }
  },
}

describe('a hostile repository runs nothing, and its time is not known', () => {
  testOnce.each(Object.entries(hostile))('%s', (_, spoil) => {
    const folder = repository(3)
    const ran = join(temporary(), 'ran')
    spoil(folder, ran)
    expect(commitTime(folder)).toBeUndefined()
    expect(existsSync(ran)).toBe(false)
  })

  testOnce('git would run the command of the first', () => {
    const folder = repository(1)
    const ran = join(temporary(), 'ran')
    hostile['a partial clone whose other side is a command'](folder, ran)
    spawnSync('git', ['log', '-1'], { cwd: folder })
    expect(existsSync(ran)).toBe(true)
  })

  testOnce('a commit without a time, or of a time that no calendar has', () => {
    for (const stamp of ['', '99999999999999999 +0000', '-5 +0000', 'x']) {
      const folder = repository()
      const text = git(folder, 'cat-file', 'commit', 'HEAD').replace(
        /^committer (.*>) .*$/m,
        `committer $1 ${stamp}`,
      )
      const path = join(folder, 'commit')
      writeFileSync(path, text)
      const name = git(folder, 'hash-object', '-t', 'commit', '-w', '--literally', path)
      writeFileSync(join(folder, '.git/HEAD'), name)
      expect(commitTime(folder)).toBeUndefined()
    }
  })

  testOnce('no repository', () => expect(commitTime('/')).toBeUndefined())
})
