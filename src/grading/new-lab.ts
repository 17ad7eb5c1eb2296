import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { InputError } from '../input-error.js'
import { loadCourse, sourceOf } from './course.js'
import { LAB_FILE, type Lab } from './lab.js'
import { type Language, languages } from './languages.js'
import autograder from './templates/autograder.py'
import github from './templates/github.yml'
import gitlab from './templates/gitlab.yml'
import host from './templates/host.py'
import labText from './templates/lab.md'
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
  /** The version of cachelab that is to grade. */
  readonly version: string
}

/** Writes a lab ready to work in and gives its files. Throws InputError where it would overwrite one. */
export async function makeLab(folder: string, options: NewLab): Promise<string[]> {
  const files = await filesOf(options)
  const taken = [...files.keys()].filter((path) => existsSync(join(folder, path)))
  if (taken.length > 0) {
    const others = taken.length > 1 ? ` and ${taken.length - 1} more` : ''
    throw new InputError(`${JSON.stringify(folder)} already has ${taken[0]}${others}; nothing was written`)
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

async function filesOf({ language, ci, version }: NewLab): Promise<Map<string, string>> {
  const course = await loadCourse()
  const { file, ...rest } = languages[language]
  const command = 'command' in rest ? rest.command : undefined
  const entries = course.map(({ slug }) => {
    const path = file(slug)
    return [slug, { file: path, ...(command ? { command: command(path) } : {}) }] as const
  })
  const list = course.map(({ slug, title }) => `- \`${file(slug)}\`: ${title}. See \`tasks/${slug}.md\`.`)
  const files = new Map([
    [LAB_FILE, json({ language, exercises: Object.fromEntries(entries) })],
    ['README.md', labText.replace('EXERCISES', list.join('\n'))],
    ['PROTOCOL.md', protocol],
    ['.gitignore', 'node_modules/\n.cachelab/\n__pycache__/\n'],
    ...course.map(({ slug }) => [file(slug), sourceOf(slug, 'starter', language)] as const),
    ...course.map(({ slug, text }) => [`tasks/${slug}.md`, text] as const),
  ])
  if (language === 'py') files.set('host.py', host)
  else files.set('package.json', json({ private: true, type: 'module' }))
  if (ci) files.set(ciFiles[ci].path, ciFiles[ci].text.replaceAll('VERSION', version))
  return files
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
