import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join, sep } from 'node:path'
import { makeBox, removeBox } from './box.js'

/** What keeps solutions in. `processes` is what every system has: limits, and an end to all that was started. */
export type Isolation = 'namespaces' | 'processes'

/**
 * Runs a command without network, without other processes, and with nothing to write but its box. What the box's
 * fstab names is empty for it, and so is the folder around the box, if one is given; sockets of other programs are
 * in /run. What the set-up was allowed to do is given up before the command starts.
 */
const ENCLOSE = `
box=$1 around=$2; shift 2
mount --bind "$box" "$box" || exit 125
while read -r device at kind options rest; do
  case $kind in proc|sysfs|cgroup*|dev*|mqueue|securityfs|debugfs|tracefs|pstore|bpf|hugetlbfs|configfs|fuse*) continue;; esac
  case $at,$options in "$box",*) ;; *,rw*) mount -o remount,bind,ro "$at" 2>/dev/null;; esac
done </proc/mounts
mount --all --fstab "$box/fstab" || exit 125
if [ -d /run ]; then mount -t tmpfs -o size=64k tmpfs /run || exit 125; fi
if [ -n "$around" ] && [ -d /run ]; then
  mkdir /run/box && mount --move "$box" /run/box && mount -t tmpfs -o size=64k tmpfs "$around" || exit 125
  mkdir -p "$box" && mount --move /run/box "$box" && mount -o remount,ro "$around" && rmdir /run/box || exit 125
fi
cd "$box/lab" || exit 125
ulimit -c 0; ulimit -n 256
exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all "$@"
`
const LIMITED = 'cd "$1/lab" || exit 125; shift; ulimit -c 0; ulimit -n 256 2>/dev/null; exec "$@"'

/** They end with the grader, however it ends. */
const NAMESPACES = [
  ...['setpriv', '--pdeathsig', 'KILL'],
  ...['unshare', '--user', '--map-root-user', '--mount', '--net', '--pid', '--mount-proc'],
  ...['--fork', '--kill-child=KILL'],
]

/** The command that runs another in a box, as enclosed as this system can; `hidden` are folders that it must not see. */
export function enclosed(
  box: string,
  hidden: readonly string[],
  needed: readonly string[],
  command: readonly string[],
): string[] {
  if (isolation() === 'processes') return ['sh', '-c', LIMITED, 'cachelab', box, ...command]
  return inNamespaces(box, hidden, needed, command)
}

let known: Isolation | undefined

/** What this system can keep solutions in with; tried once. */
export function isolation(): Isolation {
  if (known) return known
  const box = makeBox()
  try {
    mkdirSync(join(box, 'lab'))
    const [program, ...words] = inNamespaces(box, [], [], ['true'])
    known = spawnSync(program, words, { stdio: 'ignore' }).status === 0 ? 'namespaces' : 'processes'
  } finally {
    removeBox(box)
  }
  return known
}

function inNamespaces(
  box: string,
  hidden: readonly string[],
  needed: readonly string[],
  command: readonly string[],
): string[] {
  const programs = [process.execPath, ...(process.env.PATH ?? '').split(delimiter), ...needed]
  const kept = programs.flatMap((path) => (existsSync(path) ? [path, realpathSync(path)] : []))
  const around = dirname(box)
  const places = [...hidden, ...privatePlaces(homedir(), kept)].filter((place) => !isInside(box, place))
  writeFileSync(join(box, 'fstab'), places.map(hiding).join(''))
  const hiddenAround = kept.some((path) => isInside(path, around)) ? '' : around
  return [...NAMESPACES, 'sh', '-c', ENCLOSE, 'cachelab', box, hiddenAround, ...command]
}

/** The line of an fstab that puts nothing in the place of a folder or a file: one mount for all is quicker than many. */
function hiding(place: string): string {
  const escaped = place.replaceAll(
    /[\\\s#]/g,
    (sign) => `\\${sign.charCodeAt(0).toString(8).padStart(3, '0')}`,
  )
  const about = lstatSync(place, { throwIfNoEntry: false })
  if (about?.isDirectory()) return `tmpfs ${escaped} tmpfs ro,size=4k 0 0\n`
  return about?.isFile() ? `/dev/null ${escaped} none bind 0 0\n` : ''
}

/** The home of whoever grades; where programs are in it, all else that it has. */
function privatePlaces(home: string, kept: readonly string[]): string[] {
  if (!existsSync(home) || dirname(home) === home) return []
  if (!kept.some((path) => isInside(path, home))) return [home]
  return readdirSync(home)
    .map((name) => join(home, name))
    .filter((place) => !kept.some((path) => isInside(path, place)))
}

function isInside(path: string, folder: string): boolean {
  return `${path}${sep}`.startsWith(`${folder}${sep}`)
}
