import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Files that can bring a policy, placement, hash or workload. */
const CODE = /\.[cm]?[jt]s$/

/** Files that no one types by hand. */
const HIDDEN = /^(\.|node_modules$)/

/**
 * How the name of a file that begins with `start` can go on: files, and folders with a slash behind; with `isCode`, of
 * files only those with code. Empty where there is no such folder, or it can't be read.
 */
export function fileNames(start: string, isCode = false): string[] {
  const at = start.lastIndexOf('/') + 1
  const [folder, begun] = [start.slice(0, at), start.slice(at)]
  try {
    return readdirSync(folder || '.')
      .filter((name) => name.startsWith(begun) && (begun.startsWith('.') || !HIDDEN.test(name)))
      .sort()
      .flatMap((name) => {
        const isFolder = statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory() ?? false
        return isFolder ? `${folder}${name}/` : !isCode || CODE.test(name) ? `${folder}${name}` : []
      })
  } catch {
    return []
  }
}
