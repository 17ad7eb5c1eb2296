import type { Changes } from './lab-changes.js'
import { labPackage } from './lab-package.js'
import { json } from './new-lab.js'
import { MAX_BYTES, PACKAGE_FOLDER, readOwnFile } from './submission.js'

const MANIFEST = 'package.json'
const LOCK = 'package-lock.json'

/**
 * Lets a lab install the cachelab that runs, so that its scripts know the exercises that were added. Only a lab that
 * installs the tarball which it was made with is changed. That tarball stays: a CI file may ask for it. `isNewer` says
 * that this cachelab has all that the lab has.
 */
export function packageUpdate(changes: Changes, isNewer: boolean): void {
  const own = changes.textOf(MANIFEST)
  const spec = own === undefined ? undefined : specIn(own)
  if (own === undefined || spec === undefined)
    return void changes.left.push(`${MANIFEST} (installs no cachelab)`)
  if (!isNewer || !spec.startsWith(`file:${PACKAGE_FOLDER}/`))
    return void changes.left.push(`${MANIFEST} (installs ${spec}, which has to know the new exercises)`)
  const source = labPackage()
  const before = readOwnFile(changes.folder, spec.slice('file:'.length), MAX_BYTES)
  if (source.tarball && before?.equals(source.tarball.bytes)) return void changes.there.push(MANIFEST)
  const path = source.tarball && freePath(changes, source.tarball.path)
  const next = path ? `file:${path}` : source.spec
  if (source.tarball && path) changes.add(path, source.tarball.bytes)
  changes.replace(MANIFEST, own.replace(JSON.stringify(spec), JSON.stringify(next)), `installs ${next}`)
  lock(changes, spec, next, source.locked?.['node_modules/cachelab'])
}

function specIn(text: string): string | undefined {
  try {
    const { devDependencies } = JSON.parse(text) as { devDependencies?: Record<string, unknown> }
    const spec = devDependencies?.cachelab
    return typeof spec === 'string' ? spec : undefined
  } catch {
    return undefined
  }
}

/** A name in the lab that nothing has yet: a tarball of the same version may be there. */
function freePath(changes: Changes, path: string): string {
  const name = (n: number) => (n === 1 ? path : path.replace(/\.tgz$/, `-${n}.tgz`))
  let n = 1
  while (changes.isThere(name(n))) n++
  return name(n)
}

interface Lock {
  readonly packages?: Record<string, Record<string, unknown> & { devDependencies?: Record<string, string> }>
}

/** What npm noted of cachelab is replaced; what it noted of other packages stays. */
function lock(
  changes: Changes,
  spec: string,
  next: string,
  entry: Readonly<Record<string, unknown>> | undefined,
): void {
  const text = changes.textOf(LOCK)
  if (text === undefined) return
  try {
    const whole = JSON.parse(text) as Lock
    const root = whole.packages?.['']
    if (!whole.packages || !entry || root?.devDependencies?.cachelab !== spec)
      throw new Error('not as it was made')
    root.devDependencies.cachelab = next
    whole.packages['node_modules/cachelab'] = {
      ...entry,
      ...(next.startsWith('file:') ? { resolved: next } : {}),
    }
    changes.replace(LOCK, json(whole), `locks ${next}`)
  } catch {
    changes.left.push(`${LOCK} (changed; npm install updates it)`)
  }
}
