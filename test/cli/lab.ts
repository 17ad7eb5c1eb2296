import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { slugs, sourceOf } from '../../src/grading/course.js'
import { type Language, languages } from '../../src/grading/languages.js'
import { root } from './run.js'

/** A folder of its own for a test. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'lab-'))
}

/** A lab in which every exercise is solved, or begun. */
export function solvedLab(
  folder = temporaryFolder(),
  language: Language = 'js',
  kind: 'solution' | 'starter' = 'solution',
): string {
  mkdirSync(folder, { recursive: true })
  const { file, ...rest } = languages[language]
  const entries = slugs().map((slug) => {
    const path = file(slug)
    writeFileSync(join(folder, path), sourceOf(slug, kind, language))
    return [slug, { file: path, ...('command' in rest ? { command: rest.command(path) } : {}) }] as const
  })
  writeFileSync(
    join(folder, 'cachelab.json'),
    JSON.stringify({ language, exercises: Object.fromEntries(entries) }, null, 2),
  )
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  if (language === 'py')
    writeFileSync(join(folder, 'host.py'), readFileSync(join(root, 'src/grading/templates/host.py')))
  return folder
}
