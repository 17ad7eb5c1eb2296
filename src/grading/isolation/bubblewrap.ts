import { begin, type Cell, DEVICES, FILTER_DESCRIPTOR, INSIDE, linksOf, NOBODY, placesOf } from './cell.js'

/**
 * The command that runs a cell in bubblewrap: namespaces of every kind, a root of its own in memory, no capabilities,
 * no_new_privs (always there), and the filter. Wants to be started by an ordinary user, with the filter open.
 */
export function bubblewrap(cell: Cell): string[] {
  const { masked } = cell.view
  const empty = (path: string) => ['--tmpfs', path, '--remount-ro', path]
  return [
    // bubblewrap asks for it too, a little later.
    ...[
      'setpriv',
      '--pdeathsig',
      'KILL',
      'bwrap',
      '--die-with-parent',
      '--new-session',
      '--hostname',
      'sandbox',
    ],
    ...[
      '--unshare-user',
      '--unshare-ipc',
      '--unshare-pid',
      '--unshare-net',
      '--unshare-uts',
      '--unshare-cgroup',
    ],
    ...['--disable-userns', '--cap-drop', 'ALL', '--uid', NOBODY, '--gid', NOBODY],
    ...['--seccomp', String(FILTER_DESCRIPTOR)],
    ...placesOf(cell).flatMap(({ source, target }) => ['--ro-bind', source, target]),
    ...linksOf(cell).flatMap(({ path, to }) => ['--symlink', to, path]),
    ...masked.flatMap(empty),
    ...['--tmpfs', '/dev'],
    ...DEVICES.flatMap((name) => ['--dev-bind', `/dev/${name}`, `/dev/${name}`]),
    ...['--symlink', '/proc/self/fd', '/dev/fd', '--remount-ro', '/dev'],
    ...['--proc', '/proc', '--ro-bind', '/proc/sys', '/proc/sys'],
    ...['--size', String(cell.disk), '--tmpfs', INSIDE.box],
    ...['--remount-ro', '/', '--chdir', '/'],
    ...begin(cell.command),
  ]
}
