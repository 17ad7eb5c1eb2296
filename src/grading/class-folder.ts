import { labPackage } from './lab-package.js'
import { ciFiles, installing, writeFresh } from './new-lab.js'
import github from './templates/github-class.yml'

/** Most jobs of a matrix on GitHub: “Workflow syntax for GitHub Actions”, jobs.<job_id>.strategy.matrix. */
export const MAX_MATRIX_JOBS = 256

/**
 * Writes the workflow with which GitHub grades the submissions of a class on several machines, and the package that it
 * installs; gives their paths. Throws InputError where it would overwrite one.
 */
export function makeClassFolder(folder: string, shards: number, from?: string): string[] {
  const source = labPackage(from)
  const numbers = Array.from({ length: shards }, (_, i) => i + 1)
  const text = github.replace('MATRIX', `[${numbers.join(', ')}]`).replace('SHARDS', String(shards))
  const files = new Map<string, string | Buffer>([[ciFiles.github.path, installing(text, source)]])
  if (source.tarball) files.set(source.tarball.path, source.tarball.bytes)
  return writeFresh(folder, files)
}
