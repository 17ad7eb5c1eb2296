import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { InputError } from '../input-error.js'
import { packageFolder } from './course.js'
import type { Entry, Lab } from './lab.js'

/** How a solution is started in its sandbox. */
export interface Started {
  /** What to call it in a message. */
  readonly name: string
  readonly command: readonly string[]
  /** The working directory: a copy of the lab. */
  readonly folder: string
  /** All of its environment, with the mark in it. */
  readonly environment: Readonly<Record<string, string>>
  readonly mark: string
}

/** What keeps solutions in. `processes` is what every system has: limits, and an end to all that was started. */
export type Isolation = 'namespaces' | 'processes'

/** What a lab may hold; it is copied for each check. */
const MOST_BYTES = 64 << 20
const MOST_FILES = 5000
const NOT_COPIED = ['node_modules', '.git', '.cachelab']

/**
 * Runs a command without network, without other processes, and with nothing to write but its sandbox; the folders
 * before `--` are empty for it. What the set-up was allowed to do is given up before the command starts.
 */
const ENCLOSE = `
box=$1; shift
mount --bind "$box" "$box" || exit 125
while read -r device at kind options rest; do
  case $kind in proc|sysfs|cgroup*|dev*|mqueue|securityfs|debugfs|tracefs|pstore|bpf|hugetlbfs|configfs|fuse*) continue;; esac
  case $at,$options in "$box",*) ;; *,rw*) mount -o remount,bind,ro "$at" 2>/dev/null;; esac
done </proc/mounts
while [ "$1" != -- ]; do mount -t tmpfs -o ro,size=4k tmpfs "$1"; shift; done; shift
cd "$box/lab" || exit 125
ulimit -c 0; ulimit -n 256
exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all "$@"
`
const LIMITED = 'cd "$1" || exit 125; shift; ulimit -c 0; ulimit -n 256 2>/dev/null; exec "$@"'
/** They end with the grader, however it ends. */
const NAMESPACES = [
  ...['setpriv', '--pdeathsig', 'KILL'],
  ...['unshare', '--user', '--map-root-user', '--mount', '--net', '--pid', '--mount-proc'],
  ...['--fork', '--kill-child=KILL'],
]

let known: Isolation | undefined

/** What this system can keep solutions in with; tried once. */
export function isolation(): Isolation {
  if (known) return known
  const box = makeBox()
  try {
    mkdirSync(join(box, 'lab'))
    const [program, ...words] = enclosed(box, [], ['true'])
    known = spawnSync(program, words, { stdio: 'ignore' }).status === 0 ? 'namespaces' : 'processes'
  } finally {
    removeBox(box)
  }
  return known
}

/** Folders to remove however the grader ends. */
const boxes = new Set<string>()
process.once('exit', () => {
  for (const box of boxes) removeBox(box)
})

/** Removes a folder and all in it, also what a solution has made unwritable; what can't be removed stays. */
function removeBox(box: string): void {
  try {
    rmSync(box, { recursive: true, force: true })
  } catch {
    spawnSync('chmod', ['-R', 'u+rwX', box])
    try {
      rmSync(box, { recursive: true, force: true, maxRetries: 3 })
    } catch {
      // Nobody is served by a grade that isn't given.
    }
  }
}

function makeBox(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'cachelab-')))
}

function enclosed(box: string, hidden: readonly string[], command: readonly string[]): string[] {
  return [...NAMESPACES, 'sh', '-c', ENCLOSE, 'cachelab', box, ...hidden, '--', ...command]
}

/** A fresh folder with a copy of a lab, in which a solution runs; nothing else of the lab is in reach. */
export class Sandbox {
  private readonly box: string
  private readonly lab: string

  constructor(
    private readonly source: Lab,
    private readonly entry: Entry,
    /** Further folders that solutions must not see. */
    private readonly hidden: readonly string[] = [],
  ) {
    this.box = makeBox()
    boxes.add(this.box)
    this.lab = join(this.box, 'lab')
    try {
      copyLab(source.folder, this.lab)
      mkdirSync(join(this.box, 'tmp'))
    } catch (error) {
      this.remove()
      throw error
    }
  }

  /** How to start the solution here. */
  start(): Started {
    const { box, lab } = this
    const mark = `CACHELAB_MARK=${randomBytes(16).toString('hex')}`
    const command = this.entry.command ?? this.hostCommand()
    const wrapped =
      isolation() === 'namespaces'
        ? enclosed(box, this.hiddenFolders(), command)
        : ['sh', '-c', LIMITED, 'cachelab', lab, ...command]
    const temporary = join(box, 'tmp')
    const environment = {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      HOME: temporary,
      TMPDIR: temporary,
      LANG: 'C.UTF-8',
      NODE_NO_WARNINGS: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUTF8: '1',
      CACHELAB_MARK: mark.slice(mark.indexOf('=') + 1),
    }
    return { name: command.join(' '), command: wrapped, folder: box, environment, mark }
  }

  remove(): void {
    boxes.delete(this.box)
    removeBox(this.box)
  }

  /** Node with the host for a file, allowed to read the sandbox and what translates TypeScript, and to write the sandbox. */
  private hostCommand(): string[] {
    const host = join(this.box, 'host.mjs')
    cpSync(join(packageFolder(), 'dist', 'host.mjs'), host)
    const translator = dirname(dirname(createRequire(join(packageFolder(), 'package.json')).resolve('jiti')))
    const permission = process.allowedNodeEnvironmentFlags.has('--permission')
      ? '--permission'
      : '--experimental-permission'
    return [
      process.execPath,
      permission,
      `--allow-fs-read=${this.box}${sep}*`,
      `--allow-fs-read=${translator}${sep}*`,
      `--allow-fs-write=${this.box}${sep}*`,
      '--max-old-space-size=256',
      host,
      join(translator, 'lib', 'jiti.cjs'),
      join(this.lab, this.entry.file),
    ]
  }

  private hiddenFolders(): string[] {
    const root = realpathSync(packageFolder())
    const own = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
      .map(({ name }) => join(root, name))
    return [this.source.folder, ...this.hidden, ...own]
      .map((folder) => realpathSync(resolve(folder)))
      .filter((folder) => !`${this.box}${sep}`.startsWith(`${folder}${sep}`))
  }
}

/** Copies what a solution may need. Links are left out: they could lead anywhere. */
function copyLab(from: string, to: string): void {
  let bytes = 0
  let files = 0
  cpSync(from, to, {
    recursive: true,
    filter: (path) => {
      const about = lstatSync(path)
      if (relative(from, path) !== '' && NOT_COPIED.includes(basename(path))) return false
      bytes += about.isFile() ? about.size : 0
      if (++files > MOST_FILES) {
        throw new InputError(
          `the lab ${JSON.stringify(from)} holds more than ${MOST_FILES} files and folders`,
        )
      }
      if (bytes > MOST_BYTES)
        throw new InputError(`the lab ${JSON.stringify(from)} holds more than ${MOST_BYTES >> 20} MB`)
      return about.isDirectory() || about.isFile()
    },
  })
}
