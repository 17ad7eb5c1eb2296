import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, realpathSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { makeBox, openToAll, removeBox } from './box.js'
import { copyLab } from './copy-lab.js'
import { packageFolder } from './course.js'
import { sealed } from './descriptors.js'
import { endAll } from './ending.js'
import { INSIDE, READY } from './isolation/cell.js'
import { DISK_BYTES, enclosed, type Isolation, writeFilter } from './isolation/index.js'
import { viewFor } from './isolation/view.js'
import type { EntryPoint, Lab } from './lab.js'

/** A solution that was started in its sandbox. */
export interface Started {
  /** What to call it in a message. */
  readonly name: string
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>
  /** The folder of the machine that it writes to, where only watching holds it to its quota. */
  readonly watched?: string
  /** Bytes that it may store in its folder. */
  readonly quota: number
  /** The line that it prints once the sandbox is ready; undefined without a sandbox. */
  readonly ready?: string
  /** Sends the signal that can't be ignored to it and to all that it started. */
  kill(): void
  /** Removes what it wrote. */
  clear(): void
}

/** Where things are for a solution, inside of a sandbox or where there is none. */
type Places = typeof INSIDE

/**
 * A lab as it was when grading began, and what runs its solutions. Each process begins with a copy of the lab that is
 * its own, so that nothing is handed from one to the next.
 */
export class Sandbox {
  private readonly box: string
  private readonly lab: string
  private readonly tools: string
  private readonly quota: number

  constructor(
    private readonly source: Lab,
    readonly isolation: Isolation,
    /** More folders that solutions must not see. */
    private readonly hidden: readonly string[] = [],
  ) {
    this.box = makeBox()
    this.lab = join(this.box, 'lab')
    this.tools = join(this.box, 'tools')
    try {
      this.quota = DISK_BYTES + copyLab(source.folder, this.lab)
      for (const folder of [this.tools, join(this.box, 'site')]) mkdirSync(folder)
      for (const file of HOST) cpSync(join(packageFolder(), 'dist', file), join(this.tools, file))
      writeFilter(this.tools)
      openToAll(this.tools)
    } catch (error) {
      this.remove()
      throw error
    }
  }

  start(entry: EntryPoint): Started {
    return this.isolation === 'none' ? this.inTheOpen(entry) : this.inACell(this.isolation, entry)
  }

  remove(): void {
    removeBox(this.box)
  }

  private inACell(isolation: Exclude<Isolation, 'none'>, entry: EntryPoint): Started {
    const command = entry.command ?? hostCommand(INSIDE, entry)
    const hidden = [this.source.folder, dirname(this.box), packageFolder(), ...this.hidden]
    const cell = {
      view: viewFor(
        command,
        hidden.map((folder) => realpathSync(resolve(folder))),
      ),
      source: this.lab,
      tools: this.tools,
      site: join(this.box, 'site'),
      disk: this.quota,
      command,
    }
    return {
      name: command.join(' '),
      ...started(enclosed(isolation, cell), this.box, INSIDE),
      quota: cell.disk,
      ready: READY,
      clear: () => {},
    }
  }

  private inTheOpen(entry: EntryPoint): Started {
    const box = mkdtempSync(join(this.box, 'open-'))
    const places = { box, lab: join(box, 'lab'), tmp: join(box, 'tmp'), tools: this.tools }
    cpSync(this.lab, places.lab, { recursive: true })
    mkdirSync(places.tmp)
    const command = entry.command ?? hostCommand(places, entry)
    const blocks = Math.ceil(this.quota / 512)
    const limited = `ulimit -c 0; ulimit -n 256 2>/dev/null; ulimit -f ${blocks}; exec "$@"`
    return {
      name: command.join(' '),
      ...started(['sh', '-c', limited, 'cachelab', ...command], places.lab, places),
      watched: box,
      quota: this.quota,
      clear: () => removeBox(box),
    }
  }
}

/** The host, and what it loads for solutions in TypeScript. */
const HOST = ['host.mjs', 'host-translator.mjs']

/** Databases know nothing of Node's permissions: they open any file. */
const NO_DATABASES = '--no-experimental-sqlite'

/** Node with the host for a file, allowed to read what it needs, and to write its own folder. */
function hostCommand({ box, lab, tools }: Places, { file }: EntryPoint): string[] {
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission'
  const knowsDatabases = process.allowedNodeEnvironmentFlags.has('--experimental-sqlite')
  return [
    process.execPath,
    permission,
    ...(knowsDatabases ? [NO_DATABASES] : []),
    ...[box, tools].map((folder) => `--allow-fs-read=${folder}${sep}*`),
    `--allow-fs-write=${box}${sep}*`,
    '--max-old-space-size=256',
    // Links the modules of a solution in TypeScript.
    '--experimental-vm-modules',
    join(tools, 'host.mjs'),
    join(lab, file),
  ]
}

/** Starts a command in a folder. All that descends from it has a mark in its environment, by which it is found. */
function started(
  [program, ...words]: readonly string[],
  folder: string,
  places: Places,
): Pick<Started, 'child' | 'kill'> {
  const mark = randomBytes(16).toString('hex')
  const child = spawn(program, words, {
    cwd: folder,
    env: environmentFor(places, mark),
    stdio: ['pipe', 'pipe', 'pipe', ...sealed(3)],
    detached: true,
  }) as Started['child']
  return { child, kill: () => endAll(child.pid, `CACHELAB_MARK=${mark}`) }
}

function environmentFor({ tmp }: Places, mark: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: tmp,
    TMPDIR: tmp,
    LANG: 'C.UTF-8',
    NODE_NO_WARNINGS: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUTF8: '1',
    CACHELAB_MARK: mark,
  }
}
