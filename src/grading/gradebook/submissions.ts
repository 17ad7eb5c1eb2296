import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { LAB_FILE } from '../lab.js'
import { entriesOf, fact, MAX_FILES } from '../submission.js'

/** Names of the folders in a folder of submissions, in order; hidden ones and what macOS adds to an archive are none. */
export function submissionsIn(batch: string, ...except: readonly string[]): string[] {
  const others = except.map((path) => resolve(path))
  return readdirSync(batch, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isOwn(entry.name))
    .map(({ name }) => name)
    .filter((name) => !others.includes(resolve(batch, name)))
    .sort()
}

/** Names of archives in a folder of submissions that still have to be unpacked, in order. */
export function archivesIn(batch: string): string[] {
  return readdirSync(batch, { withFileTypes: true })
    .filter((entry) => entry.isFile() && isOwn(entry.name) && ARCHIVE.test(entry.name))
    .map(({ name }) => name)
    .sort()
}

const ARCHIVE = /\.(zip|7z|rar|tar|tgz|t?xz|gz|bz2)$/i
const isOwn = (name: string) => !name.startsWith('.') && name !== '__MACOSX'

/** The lab of a submission: its folder, or the only lab in it, as archives often are unpacked one level too deep. */
export function labFolderOf(submission: string): string {
  if (existsSync(join(submission, LAB_FILE))) return submission
  const labs = fact(() => innerLabs(submission)) ?? []
  return labs.length === 1 ? labs[0] : submission
}

function innerLabs(submission: string): string[] {
  const labs: string[] = []
  let count = 0
  for (const entry of entriesOf(submission)) {
    const folder = join(submission, entry.name)
    // A link could lead to another's submission.
    if (entry.isDirectory() && isOwn(entry.name) && existsSync(join(folder, LAB_FILE))) labs.push(folder)
    if (++count === MAX_FILES) break
  }
  return labs
}
