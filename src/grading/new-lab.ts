import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { InputError } from '../input-error.js'
import { loadCourse, sourceOf } from './course.js'
import { LAB_FILE, type Lab } from './lab.js'
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

export interface NewLab {
  readonly language: Language
  readonly ci?: Ci | undefined
  /** What to install cachelab from, where it isn't the one that runs. */
  readonly from?: string | undefined
}

/** Writes a lab ready to work in and gives its files. Throws InputError where it would overwrite one. */
export async function makeLab(folder: string, options: NewLab): Promise<string[]> {
  const files = await filesOf(options)
  const taken = [...files.keys()].filter((path) => existsSync(join(folder, path)))
  if (taken.length > 0) {
    const others = taken.length > 1 ? ` and ${taken.length - 1} more` : ''
    throw new InputError(
      `${JSON.stringify(folder)} already has ${taken[0]}${others}; nothing was written: give a lab a folder of its own`,
    )
  }
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text, { flag: 'wx' })
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new InputError(`can't write a lab into ${JSON.stringify(folder)}: ${code}`)
  }
  return [...files.keys()]
}

async function filesOf({ language, ci, from }: NewLab): Promise<Map<string, string | Buffer>> {
  const course = await loadCourse()
  const source = labPackage(from)
  const { file, ...rest } = languages[language]
  const command = 'command' in rest ? rest.command : undefined
  const entries = course.map(({ slug }) => {
    const path = file(slug)
    return [slug, { file: path, ...(command ? { command: command(path) } : {}) }] as const
  })
  const list = course.map(({ slug, title }) => `- \`${file(slug)}\`: ${title}. See \`tasks/${slug}.md\`.`)
  const files = new Map<string, string | Buffer>([
    [LAB_FILE, json({ language, exercises: Object.fromEntries(entries) })],
    ['README.md', labText.replace('EXERCISES', list.join('\n'))],
    ['PROTOCOL.md', protocol],
    // The tarball belongs to the lab even where the rules of a folder above leave such files out.
    ['.gitignore', `node_modules/\n.cachelab/\n__pycache__/\n!/${PACKAGE_FOLDER}/*\n`],
    ...course.map(({ slug }) => [file(slug), sourceOf(slug, 'starter', language)] as const),
    ...course.map(
      ({ slug, text }) => [`tasks/${slug}.md`, text.replaceAll('`cachelab ', '`npx cachelab ')] as const,
    ),
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
function installing(template: string, { spec, tarball, installFlags }: LabPackage): string {
  const npm = `npm install --prefix "$place" --no-audit --no-fund ${installFlags.map((flag) => `${flag} `).join('')}`
  const sha256 = tarball && createHash('sha256').update(tarball.bytes).digest('hex')
  const commands = tarball
    ? [
        `cp ${tarball.path} "$place.tgz"`,
        `echo "${sha256}  $place.tgz" | sha256sum --check --quiet`,
        `${npm}"$place.tgz"`,
      ]
    : [`${npm}'${spec}'`]
  return template
    .replace(/^( *)INSTALL$/m, (_, indent: string) => commands.map((line) => indent + line).join('\n'))
    .replace('PACKAGE', json(tarball?.path ?? spec).trim())
    .replace('SHA256', sha256 ? `"${sha256}"` : 'None')
    .replace('FLAGS', JSON.stringify(installFlags).replaceAll(',', ', '))
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** Restores an exercise's starter, and gives the name under which the old file is kept, if there was one. */
export function resetExercise(lab: Lab, slug: string): { readonly file: string; readonly kept?: string } {
  const { file } = lab.entries.get(slug) ?? { file: '' }
  const language = Object.entries(languages).find(([, { file: name }]) => name(slug) === file)?.[0]
  if (language === undefined) {
    throw new InputError(
      `there is no starter for ${JSON.stringify(file || slug)}: ${LAB_FILE} names a file of your own`,
    )
  }
  const path = join(lab.folder, file)
  const kept = existsSync(path) ? freeName(lab.folder, file) : undefined
  if (kept) renameSync(path, join(lab.folder, kept))
  writeFileSync(path, sourceOf(slug, 'starter', language as Language), { flag: 'wx' })
  return kept ? { file, kept } : { file }
}

/** A name beside a file that nothing has yet. */
function freeName(folder: string, file: string): string {
  const name = (n: number) => `${file}.old${n === 1 ? '' : n}`
  let n = 1
  while (existsSync(join(folder, name(n)))) n++
  return name(n)
}
