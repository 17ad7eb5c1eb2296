import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { InputError } from '../input-error.js'
import { packageFolder } from './course.js'
import { PACKAGE_FOLDER } from './submission.js'
import { tarball } from './tarball.js'

const REGISTRY = 'https://registry.npmjs.org/'

/** What a lab installs cachelab from. */
export interface LabPackage {
  /** The version, URL or `file:` path in package.json. */
  readonly spec: string
  /** The tarball that the path leads to. */
  readonly tarball?: { readonly path: string; readonly bytes: Buffer }
  /** What a lock file says of it, where that is known without asking the network. */
  readonly locked?: Readonly<Record<string, Facts>>
  /** How npm is to install it where it grades. */
  readonly installFlags: readonly string[]
}

/** What a package.json or a lock file says of a package. */
interface Facts {
  readonly [key: string]: unknown
  readonly version?: string | undefined
  readonly resolved?: string
  readonly bin?: Readonly<Record<string, string>>
  readonly files?: readonly string[]
}

/**
 * The cachelab for a new lab: what `from` names, else the version that runs. That one is a version of npm's registry only
 * where npm noted that it came from there; otherwise its files are packed, so that a lab needs no registry: cachelab
 * depends on no other package. Throws InputError for a `from` that names nothing to install.
 */
export function labPackage(from?: string): LabPackage {
  if (from === undefined) return published(packageFolder()) ?? packed(packageFolder())
  if (statSync(from, { throwIfNoEntry: false })?.isFile()) return givenTarball(from)
  return { spec: givenSpec(from), installFlags: [] }
}

/** A copy that npm installed from its public registry: npm keeps what it installed in a lock file of its own. */
function published(folder: string): LabPackage | undefined {
  const notes = join(dirname(folder), '.package-lock.json')
  if (!existsSync(notes)) return undefined
  const { packages = {} } = json(notes) as { packages?: Record<string, Facts> }
  const own = packages['node_modules/cachelab']
  if (!own?.version || !own.resolved?.startsWith(`${REGISTRY}cachelab/-/`)) return undefined
  return {
    spec: own.version,
    locked: { 'node_modules/cachelab': { ...own, dev: true } },
    installFlags: ['--ignore-scripts'],
  }
}

/** The files of a package that npm would pack, as a tarball. */
function packed(folder: string): LabPackage {
  const manifest = json(join(folder, 'package.json'))
  const files = new Map<string, Buffer>()
  for (const name of ['package.json', 'LICENSE', 'README.md'])
    addFiles(files, join(folder, name), `package/${name}`)
  for (const pattern of manifest.files ?? []) addMatching(files, folder, pattern)
  const bytes = tarball(files)
  const path = `${PACKAGE_FOLDER}/cachelab-${manifest.version}.tgz`
  const spec = `file:${path}`
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
  const entry = { version: manifest.version, resolved: spec, integrity, dev: true, ...lockFacts(manifest) }
  return {
    spec,
    tarball: { path, bytes },
    locked: { 'node_modules/cachelab': entry },
    installFlags: ['--ignore-scripts', '--offline'],
  }
}

/** What npm copies from a package.json into a lock file, as it writes it. */
function lockFacts(manifest: Facts): Facts {
  const kept = ['version', 'license', 'bin', 'engines', 'peerDependencies', 'peerDependenciesMeta']
  const facts = Object.fromEntries(kept.filter((key) => key in manifest).map((key) => [key, manifest[key]]))
  const programs = Object.entries(manifest.bin ?? {}).map(([name, path]) => [name, path.replace(/^\.\//, '')])
  return manifest.bin ? { ...facts, bin: Object.fromEntries(programs) } : facts
}

/** What a pattern in package.json's list of files names: files and folders, `*` for any name. */
function addMatching(files: Map<string, Buffer>, folder: string, pattern: string, at = ''): void {
  const [step, ...rest] = pattern.split('/')
  const isName = new RegExp(`^${step.replaceAll('.', '\\.').replaceAll('*', '.*')}$`)
  const names = step.includes('*') ? readdirSync(join(folder, at)).sort() : [step]
  for (const name of names.filter((one) => isName.test(one))) {
    const path = join(at, name)
    if (rest.length === 0) addFiles(files, join(folder, path), `package/${path.replaceAll(sep, '/')}`)
    else if (statSync(join(folder, path)).isDirectory()) addMatching(files, folder, rest.join('/'), path)
  }
}

/** A file, or all files in a folder, sorted; links are left out. */
function addFiles(files: Map<string, Buffer>, from: string, to: string): void {
  const about = statSync(from, { throwIfNoEntry: false })
  if (about?.isFile()) files.set(to, readFileSync(from))
  if (!about?.isDirectory()) return
  const paths = readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
  for (const path of paths)
    files.set(`${to}/${relative(from, path).replaceAll(sep, '/')}`, readFileSync(path))
}

function givenTarball(from: string): LabPackage {
  const name = basename(from)
  if (!/^\w[\w.-]*\.(tgz|tar\.gz)$/.test(name))
    throw notInstallable(from, 'a tarball’s name must end in .tgz')
  const bytes = readFileSync(from)
  if (!holdsCachelab(bytes)) throw notInstallable(from, 'that file is not a tarball of cachelab')
  const path = `${PACKAGE_FOLDER}/${name}`
  return { spec: `file:${path}`, tarball: { path, bytes }, installFlags: ['--ignore-scripts'] }
}

function holdsCachelab(bytes: Buffer): boolean {
  try {
    return /"name":\s*"cachelab"/.test(gunzipSync(bytes).toString('latin1'))
  } catch {
    return false
  }
}

/** What package.json is to say for `name@version`, a version, or a URL. */
function givenSpec(from: string): string {
  // It gets into files of CI services: no character that means something to a shell or to YAML.
  if (!/^[\w@^~][\w@.:/#+~^=%-]*$/.test(from)) throw notInstallable(from)
  if (/\/\/[^/@]*:[^/@]*@/.test(from)) throw notInstallable(from, 'a password must not get into a lab')
  const [, name, version] = /^((?:@[\w.-]+\/)?[\w.-]+)@([\w.^~-]+)$/.exec(from) ?? []
  if (name === 'cachelab') return version
  if (name !== undefined) return `npm:${name}@${version}`
  const isUrl = /^(git|git\+\w+|https?):\/\/|^(github|gitlab|bitbucket):[\w.-]+\/./.test(from)
  const isVersion = /^[~^]?\d+\.\d+\.\d+[\w.-]*$/.test(from)
  if (!isUrl && !isVersion) throw notInstallable(from)
  return from
}

function notInstallable(from: string, why?: string): InputError {
  const accepted =
    'the file that npm pack made, a git or https URL, github:OWNER/REPOSITORY, a version, or NAME@VERSION'
  return new InputError(`--from must be ${accepted}, got ${JSON.stringify(from)}${why ? `: ${why}` : ''}`)
}

function json(path: string): Facts {
  return JSON.parse(readFileSync(path, 'utf8')) as Facts
}
