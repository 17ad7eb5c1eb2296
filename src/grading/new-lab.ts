import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../input-error.js'
import { writeAll } from '../write-all.js'
import { type Exercise, loadCourse, slugs, sourceOf } from './course.js'
import { type EntryPoint, LAB_FILE } from './lab.js'
import { type LabPackage, labPackage } from './lab-package.js'
import { type Language, languages } from './languages.js'
import { PACKAGE_FOLDER } from './submission.js'
import autograder from './templates/autograder.py'
import github from './templates/github.yml'
import gitlab from './templates/gitlab.yml'
import host from './templates/host.py'
import labText from './templates/lab.md'
import nodeTypes from './templates/node.d.ts.txt'
import protocol from './templates/protocol.md'

/** The file that grades a lab, and where each service looks for it. */
export const ciFiles = {
  github: { path: '.github/workflows/grade.yml', text: github },
  gitlab: { path: '.gitlab-ci.yml', text: gitlab },
  classroom50: { path: 'autograder.py', text: autograder },
} as const

export type Ci = keyof typeof ciFiles
export const ciNames = Object.keys(ciFiles) as Ci[]

/** What a new lab is made for. */
export interface NewLab {
  /** The language of its starters. */
  readonly language: Language
  /** The CI that it gets a configuration for; none by default. */
  readonly ci?: Ci | undefined
  /** What to install cachelab from, where it isn't the one that runs. */
  readonly from?: string | undefined
}

/** Writes a lab ready to work in and gives its files. Throws InputError where it would overwrite one. */
export async function makeLab(folder: string, options: NewLab): Promise<string[]> {
  return writeFresh(folder, await filesOf(options))
}

/** Writes files and gives their paths. Throws InputError where one is there already. */
export function writeFresh(folder: string, files: ReadonlyMap<string, string | Buffer>): string[] {
  const taken = [...files.keys()].filter((path) => existsSync(join(folder, path)))
  if (taken.length > 0) {
    const others = taken.length > 1 ? ` and ${taken.length - 1} more` : ''
    throw new InputError(
      `${JSON.stringify(folder)} already has ${taken[0]}${others}; nothing was written: give a lab a folder of its own`,
    )
  }
  writeAll(folder, files)
  return [...files.keys()]
}

type File = readonly [path: string, text: string]

/** What an exercise adds to a lab. */
export interface Parts {
  readonly slug: string
  readonly entry: EntryPoint
  /** Its line in the README. */
  readonly line: string
  readonly starter: File
  readonly task: File
}

export function partsOf({ slug, title, text }: Exercise, language: Language): Parts {
  const { file, ...rest } = languages[language]
  const path = file(slug)
  return {
    slug,
    entry: { file: path, ...('command' in rest ? { command: rest.command(path) } : {}) },
    line: `- \`${path}\`: ${title}. See \`tasks/${slug}.md\`.`,
    starter: [path, sourceOf(slug, 'starter', language)],
    task: [`tasks/${slug}.md`, text.replaceAll('`cachelab ', '`npx cachelab ')],
  }
}

export const readmeOf = (parts: readonly Parts[]): string =>
  labText.replace('EXERCISES', parts.map(({ line }) => line).join('\n'))

async function filesOf({ language, ci, from }: NewLab): Promise<Map<string, string | Buffer>> {
  const course = await loadCourse()
  const source = labPackage(from)
  const parts = course.map((exercise) => partsOf(exercise, language))
  const entries = parts.map(({ slug, entry }) => [slug, entry] as const)
  const files = new Map<string, string | Buffer>([
    [LAB_FILE, json({ language, exercises: Object.fromEntries(entries) })],
    ['README.md', readmeOf(parts)],
    ['PROTOCOL.md', protocol],
    // The tarball belongs to the lab even where the rules of a folder above leave such files out.
    ['.gitignore', `node_modules/\n.cachelab/\n__pycache__/\n!/${PACKAGE_FOLDER}/*\n`],
    ...parts.map(({ starter }) => starter),
    ...parts.map(({ task }) => task),
    ['package.json', json({ ...PACKAGE, devDependencies: { cachelab: source.spec } })],
  ])
  if (source.locked) files.set('package-lock.json', lockFile(source))
  if (source.tarball) files.set(source.tarball.path, source.tarball.bytes)
  if (language === 'py') files.set('host.py', host)
  if (language === 'ts') {
    files.set('tsconfig.json', json(TYPESCRIPT))
    files.set('node.d.ts', nodeTypes)
  }
  if (ci) files.set(ciFiles[ci].path, installing(ciFiles[ci].text, source))
  return files
}

/** Its scripts run the cachelab in node_modules or none; npx would ask the registry for one. */
const PACKAGE = {
  name: 'cachelab-lab',
  private: true,
  type: 'module',
  scripts: Object.fromEntries(
    ['exercises', 'check', 'watch', 'hint', 'grade'].map((name) => [name, `cachelab ${name}`]),
  ),
}

const TYPESCRIPT = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2023'],
    module: 'nodenext',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  },
}

function lockFile({ spec, locked }: LabPackage): string {
  const { name } = PACKAGE
  const packages = { '': { name, devDependencies: { cachelab: spec } }, ...locked }
  return json({ name, lockfileVersion: 3, requires: true, packages })
}

/**
 * A file of a CI service with the commands that install cachelab. They are the instructor's word: nothing that a
 * submission says is asked, and a tarball in it must be the one that the lab was made with.
 */
export function installing(template: string, { spec, tarball, installFlags }: LabPackage): string {
  const npm = `npm install --prefix "$place" --no-audit --no-fund ${installFlags.map((flag) => `${flag} `).join('')}`
  const sha256 = tarball && createHash('sha256').update(tarball.bytes).digest('hex')
  const commands = tarball
    ? [
        `cp ${tarball.path} "$place.tgz"`,
        `echo "${sha256}  $place.tgz" | sha256sum --check --quiet`,
        `${npm}"$place.tgz"`,
      ]
    : [`${npm}'${spec}'`]
  return (
    template
      .replace(/^( *)INSTALL$/gm, (_, indent: string) => commands.map((line) => indent + line).join('\n'))
      .replace('PACKAGE', json(tarball?.path ?? spec).trim())
      .replace('SHA256', sha256 ? `"${sha256}"` : 'None')
      // What a submission's own list says must not make the whole smaller.
      .replace('EXERCISES', slugs().join())
      .replace('FLAGS', JSON.stringify(installFlags).replaceAll(',', ', '))
  )
}

export const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
