import { randomBytes } from 'node:crypto'
import { cpSync, lstatSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { InputError } from '../input-error.js'
import { makeBox, removeBox } from './box.js'
import { packageFolder } from './course.js'
import { enclosed } from './enclosure.js'
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

/** What a lab may hold; it is copied for each check. */
const MOST_BYTES = 64 << 20
const MOST_FILES = 5000
const NOT_COPIED = ['node_modules', '.git', '.cachelab']

/** A fresh folder with a copy of a lab, in which a solution runs; nothing else of the lab is in reach. */
export class Sandbox {
  private readonly box: string
  private readonly lab: string

  constructor(
    private readonly source: Lab,
    /** What to run; nothing to only translate. */
    private readonly entry: Entry | undefined,
    /** Further folders that solutions must not see. */
    private readonly hidden: readonly string[] = [],
    /** TypeScript that is translated already. */
    translation = '',
  ) {
    this.box = makeBox()
    this.lab = join(this.box, 'lab')
    try {
      copyLab(source.folder, this.lab)
      mkdirSync(join(this.box, 'tmp'))
      writeFileSync(join(this.box, 'translation.json'), translation)
    } catch (error) {
      this.remove()
      throw error
    }
  }

  /** How to start the solution here. */
  start(): Started {
    const { box } = this
    const mark = `CACHELAB_MARK=${randomBytes(16).toString('hex')}`
    const command = this.entry?.command ?? this.hostCommand()
    const wrapped = enclosed(box, this.hiddenFolders(), [packageFolder(), translatorFolder()], command)
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
    removeBox(this.box)
  }

  /** Node with the host for a file, allowed to read the sandbox and what translates TypeScript, and to write the sandbox. */
  private hostCommand(): string[] {
    const host = join(this.box, 'host.mjs')
    cpSync(join(packageFolder(), 'dist', 'host.mjs'), host)
    const translator = translatorFolder()
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
      join(this.box, 'translation.json'),
      ...(this.entry ? [join(this.lab, this.entry.file)] : []),
    ]
  }

  private hiddenFolders(): string[] {
    const root = realpathSync(packageFolder())
    const own = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
      .map(({ name }) => join(root, name))
    return [this.source.folder, ...this.hidden, ...own].map((folder) => realpathSync(resolve(folder)))
  }
}

/** The package that translates TypeScript. */
function translatorFolder(): string {
  return dirname(dirname(createRequire(join(packageFolder(), 'package.json')).resolve('jiti')))
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
