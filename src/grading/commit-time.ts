import { lstatSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readObject } from './git-objects.js'
import { readOwnFile } from './submission.js'

/** As many names as git follows from one to the next, and no more than a repository has. */
const MAX_NAMES = 5
const MAX_NAME = 4096
const MAX_PACKED = 16 << 20

/**
 * When the commit was made that is checked out around a folder; undefined where that can't be told. It is read without
 * git, which would run what the repository's configuration names: the repository is the submission's. Only a `.git`
 * folder counts: a `.git` file could lead anywhere, and a bare repository may be among the files that were handed in.
 * A repository of `below`, or around it, is somebody else's.
 */
export function commitTime(folder: string, below?: string): Date | undefined {
  try {
    const repository = repositoryAround(realpathSync(folder), below && realpathSync(below))
    const name = repository === undefined ? undefined : headOf(repository)
    const commit = name === undefined ? undefined : readObject(repository!, name)
    return commit && committed(commit)
  } catch {
    // Whatever isn't a repository as git writes it.
    return undefined
  }
}

function repositoryAround(folder: string, below?: string): string | undefined {
  for (let at = folder; at !== below; at = dirname(at)) {
    const about = lstatSync(join(at, '.git'), { throwIfNoEntry: false })
    if (about) return about.isDirectory() ? join(at, '.git') : undefined
    if (at === dirname(at)) return undefined
  }
  return undefined
}

/** The name of the commit that HEAD leads to, in one step or several. */
function headOf(repository: string): string | undefined {
  let name = 'HEAD'
  for (let step = 0; step < MAX_NAMES; step++) {
    const text = readOwnFile(repository, name, MAX_NAME)?.toString().trim() ?? packed(repository, name)
    if (text === undefined) return undefined
    if (/^([\da-f]{40}|[\da-f]{64})$/.test(text)) return text
    const next = /^ref: (refs\/[^\0]+)$/.exec(text)?.[1]
    if (next === undefined || next.split('/').includes('..')) return undefined
    name = next
  }
  return undefined
}

function packed(repository: string, name: string): string | undefined {
  const lines = readOwnFile(repository, 'packed-refs', MAX_PACKED)?.toString().split('\n') ?? []
  return lines.find((line) => line.endsWith(` ${name}`))?.slice(0, -name.length - 1)
}

/** A commit's header is lines of a word and more, up to an empty one: https://git-scm.com/docs/git-commit-tree */
function committed({ kind, bytes }: { readonly kind: string; readonly bytes: Buffer }): Date | undefined {
  const text = bytes.toString('latin1')
  const end = text.indexOf('\n\n')
  const header = end < 0 ? text : text.slice(0, end)
  const seconds = /^committer .*> (\d{1,11}) [-+]\d{4}$/m.exec(header)?.[1]
  return kind === 'commit' && seconds !== undefined ? new Date(Number(seconds) * 1000) : undefined
}
