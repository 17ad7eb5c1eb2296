import { existsSync, statSync } from 'node:fs'
import { dirname, sep } from 'node:path'
import { type Cell, NOBODY, placesOf, quoted } from './cell.js'

/** Folders that every Linux has, and everybody may enter. */
const STAGES = ['/mnt', '/media', '/srv', '/opt', '/var/tmp', '/tmp', '/run']

/** Whether whoever runs this program is the real root, for whom the kernel makes exceptions. */
export const isRoot = (): boolean => process.getuid?.() === 0

const READABLE = 0o004
const ENTERABLE = 0o001

/** Whether everybody can read a file or folder, and enter all folders on the way to it. */
function isOpenToAll(path: string): boolean {
  const about = statSync(path)
  const needed = about.isDirectory() ? READABLE | ENTERABLE : READABLE
  return (
    (about.mode & needed) === needed &&
    foldersAbove(path).every((folder) => statSync(folder).mode & ENTERABLE)
  )
}

function foldersAbove(path: string): string[] {
  const above = dirname(path)
  return above === path ? [] : [above, ...foldersAbove(above)]
}

/**
 * The command that gives up root before it runs another, made by `enclose`. Places of the cell that an ordinary user
 * can't reach are mounted, for that command alone, where it can reach them: each under a number.
 */
export function withoutRoot(cell: Cell, enclose: (cell: Cell) => string[]): string[] {
  const places = placesOf(cell).filter(({ source }) => !isOpenToAll(source))
  const stage = STAGES.find(
    (path) => existsSync(path) && !places.some(({ source }) => `${source}${sep}`.startsWith(`${path}${sep}`)),
  )
  if (!stage) return ['false']
  const moved = (source: string) => {
    const number = places.findIndex((place) => place.source === source)
    return number < 0 ? source : `${stage}/${number}`
  }
  const inner: Cell = {
    ...cell,
    view: {
      ...cell.view,
      shown: cell.view.shown.map((place) => ({ ...place, source: moved(place.source) })),
    },
    source: moved(cell.source),
    tools: moved(cell.tools),
    site: `${stage}/site`,
  }
  const lines = [
    'umask 022',
    `mount -t tmpfs -o mode=755,size=256k tmpfs ${quoted(stage)}`,
    `mkdir -m 777 ${quoted(inner.site)}`,
    ...places.flatMap(({ source }) => {
      const at = quoted(moved(source))
      return [
        `if [ -d ${quoted(source)} ]; then mkdir -p ${at}; else : >${at}; fi`,
        `mount --rbind ${quoted(source)} ${at}`,
      ]
    }),
    `exec setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups --inh-caps=-all --bounding-set=-all "$@"`,
  ]
  return [
    ...['unshare', '--mount', '--propagation', 'private'],
    ...['sh', '-e', '-c', lines.join('\n'), 'cachelab', ...enclose(inner)],
  ]
}
