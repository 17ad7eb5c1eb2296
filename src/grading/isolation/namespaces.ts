import {
  begin,
  type Cell,
  DEVICES,
  FILTER_DESCRIPTOR,
  INSIDE,
  linksOf,
  NOBODY,
  placesOf,
  quoted,
} from './cell.js'

/** Files of a root that holds folders, links and mount points only. */
const ROOT_OPTIONS = 'mode=755,size=256k,nosuid,nodev'
/** Shared memory of System V, in pages of 4 KB: it counts as memory of nobody. */
const SHARED_PAGES = 4096
/** In a set, in all, calls at once, sets: as proc(5) has it. */
const SEMAPHORES = '32 256 32 16'
const MESSAGE_QUEUES = 16
const MAX_FILES = 20_000

/**
 * The command that runs a cell in namespaces which util-linux makes: what bubblewrap does, but for the filter of system
 * calls. Wants to be started by an ordinary user, whose user namespace builds the cell; the solution gets one inside
 * of it, in which it is nobody and from which it can't change what was built.
 */
export function namespaces(cell: Cell): string[] {
  return [
    ...['setpriv', '--pdeathsig', 'KILL'],
    ...['unshare', '--user', '--map-root-user', '--mount', '--net', '--pid', '--ipc', '--uts', '--cgroup'],
    ...['--fork', '--kill-child=KILL'],
    ...['sh', '-e', '-c', build(cell), 'cachelab', ...begin(cell.command)],
  ]
}

function build(cell: Cell): string {
  const { view, site, disk } = cell
  const at = (path: string) => quoted(site + path)
  const bind = (source: string, target: string, isFolder: string) => [
    `if ${isFolder}; then mkdir -p ${at(target)}; else mkdir -p "$(dirname ${at(target)})"; : >${at(target)}; fi`,
    `mount -o rbind,ro ${quoted(source)} ${at(target)}`,
  ]
  const empty = (path: string) => `mount -t tmpfs -o size=4k tmpfs ${at(path)}`
  const lines = [
    'umask 022',
    `exec ${FILTER_DESCRIPTOR}<&-`,
    `mount -t tmpfs -o ${ROOT_OPTIONS} tmpfs ${quoted(site)}`,
    ...placesOf(cell).flatMap(({ source, target }) => bind(source, target, `[ -d ${quoted(source)} ]`)),
    ...linksOf(cell).map(({ path, to }) => `ln -s ${quoted(to)} ${at(path)}`),
    ...view.masked.map(empty),
    ...DEVICES.flatMap((name) => bind(`/dev/${name}`, `/dev/${name}`, 'false')),
    `ln -s /proc/self/fd ${at('/dev/fd')}`,
    `mkdir ${at('/proc')} ${at(INSIDE.box)} ${at('/old')}`,
    `mount -t proc -o nosuid,nodev,noexec proc ${at('/proc')}`,
    `mount -t tmpfs -o mode=777,nosuid,nodev,size=${disk},nr_inodes=${MAX_FILES} tmpfs ${at(INSIDE.box)}`,
    `cd ${quoted(site)}`,
    'PATH="$PATH:/usr/sbin:/sbin" pivot_root . old',
    'cd /',
    'umount -l /old',
    'rmdir /old',
    'hostname sandbox 2>/dev/null || :',
    `(echo ${SHARED_PAGES} >/proc/sys/kernel/shmall) 2>/dev/null || :`,
    `(echo ${SEMAPHORES} >/proc/sys/kernel/sem) 2>/dev/null || :`,
    `(echo ${MESSAGE_QUEUES} >/proc/sys/kernel/msgmni) 2>/dev/null || :`,
    'echo 1 >/proc/sys/user/max_user_namespaces',
    'mount --bind /proc/sys /proc/sys',
    // What is mounted inside of what is shown too. What can't be made so ends it, as -e wants.
    `while read -r _ place _ options _; do case $place,$options in *,ro,*|/proc,*|${INSIDE.box},*) ;; *) mount -o remount,bind,ro "$(printf %b "$(echo "$place" | sed 's/\\\\/\\\\0/g')")";; esac; done </proc/mounts`,
    [
      ...['exec unshare --user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--keep-caps'],
      ...['setpriv', '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all', '--ambient-caps=-all'],
      '"$@"',
    ].join(' '),
  ]
  return lines.join('\n')
}
