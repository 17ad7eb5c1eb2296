import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { basename, delimiter, dirname, join, sep } from 'node:path'

/** What a solution sees of the machine: read-only, and only what it needs to run. */
export interface View {
  /** Folders and files of the machine, and where they stand in the sandbox; a later one may stand inside an earlier. */
  readonly shown: readonly { readonly source: string; readonly target: string }[]
  /** Symbolic links as the machine has them: `/bin` leads to `usr/bin`. */
  readonly links: readonly { readonly path: string; readonly to: string }[]
  /** Folders inside of what is shown that are empty in the sandbox. */
  readonly masked: readonly string[]
}

/** Where Linux keeps programs and libraries. */
const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/nix/store']
/** What programs read in /etc to start: where libraries are, which program a name stands for, their own settings. */
const SETTINGS =
  /^(ld\.so\.(cache|conf|conf\.d)|alternatives|localtime|nsswitch\.conf|java.*|python.*|perl|php.*)$/
/** Packages installed for all users: cachelab with its reference solutions may be among them. */
const PACKAGES = ['/usr/lib/node_modules', '/usr/local/lib/node_modules']
/** Folders in a home that hold languages and their libraries, and no secrets. */
const LANGUAGES = /^\.(pyenv|rbenv|nvm|fnm|asdf|volta|sdkman|bun|deno|rustup|local\/share\/(mise|fnm))$/

/** The view of a solution that is started by a command; `hidden` are folders that it must not see. */
export function viewFor(command: readonly string[], hidden: readonly string[]): View {
  const system = SYSTEM.filter((path) => existsSync(path))
  const isLink = (path: string) => lstatSync(path).isSymbolicLink()
  const folders = system.filter((path) => !isLink(path))
  const runtimes = [...new Set(programsIn(command).flatMap((program) => runtimeOf(program, hidden)))].filter(
    (path) => !folders.some((folder) => isInside(realOf(path), folder)),
  )
  const settings = existsSync('/etc') ? readdirSync('/etc').filter((name) => SETTINGS.test(name)) : []
  const shown = [...folders, ...settings.map((name) => join('/etc', name)), ...runtimes]
  const masked = [...PACKAGES, ...runtimes.map((path) => join(path, 'lib', 'node_modules')), ...hidden]
  return {
    shown: shown.map((path) => ({ source: path, target: path })),
    links: system.filter(isLink).map((path) => ({ path, to: readlinkSync(path) })),
    masked: masked.filter(
      (path, i) =>
        existsSync(path) && masked.indexOf(path) === i && shown.some((place) => isInside(path, place)),
    ),
  }
}

/**
 * The programs on the PATH that a command names, also those inside a line for a shell, and this Node: a command is the
 * learner's, and must not make other files visible by naming them.
 */
function programsIn(command: readonly string[]): string[] {
  const places = (process.env.PATH ?? '').split(delimiter).filter((place) => place.startsWith(sep))
  const names = command.flatMap((word) => word.split(/[\s;|&()]+/)).filter((word) => /^[\w.+-]+$/.test(word))
  const programs = names.flatMap((name) => places.map((place) => join(place, name)).find(isProgram) ?? [])
  return command[0] === process.execPath ? [process.execPath, ...programs] : programs
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/**
 * What has to be seen for a program to run: the folder above its `bin`, or in a home, where anything can lie beside
 * it, only a folder that is known to be a language's; else the program alone.
 */
function runtimeOf(program: string, hidden: readonly string[]): string[] {
  const home = ownHome()
  return [program, realpathSync(program)].flatMap((path) => {
    const above =
      languageAround(path) ?? (/^(bin|shims)$/.test(basename(dirname(path))) ? dirname(dirname(path)) : sep)
    const isOpen =
      above === sep ||
      [...(home ? [home] : []), ...hidden].some((place) => isInside(realOf(place), realOf(above)))
    const isPrivate = home !== undefined && isInside(path, home) && languageAround(path) === undefined
    return isOpen || isPrivate ? [path] : [above]
  })
}

/** The home of whoever grades, where it is a folder of its own; the environment may name anything. */
function ownHome(): string | undefined {
  const home = homedir()
  return home.startsWith(sep) && home !== dirname(home) ? home.replace(/\/+$/, '') : undefined
}

/** The folder of a language in the home that a path is in. */
function languageAround(path: string): string | undefined {
  const home = ownHome()
  if (home === undefined) return undefined
  for (let at = path; isInside(at, home) && at !== home; at = dirname(at))
    if (LANGUAGES.test(at.slice(home.length + 1))) return at
  return undefined
}

const realOf = (path: string) => (existsSync(path) ? realpathSync(path) : path)

function isInside(path: string, folder: string): boolean {
  return `${path}${sep}`.startsWith(folder === sep ? sep : `${folder}${sep}`)
}
