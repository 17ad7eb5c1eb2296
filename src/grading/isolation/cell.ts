import { release } from 'node:os'
import type { View } from './view.js'

/** What a solution runs in. */
export interface Cell {
  readonly view: View
  /** The folder that its own is a copy of. */
  readonly source: string
  /** Files of the grader's that it may read. */
  readonly tools: string
  /** An empty folder of the machine for whoever builds the cell. */
  readonly site: string
  /** How many bytes it may write beside its copy of the source. */
  readonly disk: number
  readonly command: readonly string[]
}

/** Where things are for a solution in a cell. `box` is all that it can write. */
export const INSIDE = {
  box: '/box',
  lab: '/box/lab',
  tmp: '/box/tmp',
  tools: '/cachelab/tools',
}
/** Where the copy is made from. */
export const SOURCE = '/cachelab/source'
export const DEVICES = ['null', 'zero', 'full', 'random', 'urandom', 'tty']
/** The user that a solution runs as: "nobody" on every system. */
export const NOBODY = '65534'

/** The descriptor from which bubblewrap reads the filter of system calls; it is open for the others too. */
export const FILTER_DESCRIPTOR = 9

/** What the sandbox shows of the machine, the system's folders first. */
export function placesOf({ view, source, tools }: Cell): View['shown'] {
  return [...view.shown, { source, target: SOURCE }, { source: tools, target: INSIDE.tools }]
}

/** Links to make: the system's, and one to what can be written for programs that insist on /tmp. */
export function linksOf({ view }: Cell): View['links'] {
  const isTaken = view.shown.some(({ target }) => target.startsWith('/tmp/'))
  return isTaken ? view.links : [...view.links, { path: '/tmp', to: INSIDE.tmp.slice(1) }]
}

/**
 * What runs last, in the finished cell: copies the lab and waits for the solution, as a first process should, since a
 * solution in its place would be spared by signals. Says first that it has come so far: what fails before is no fault of
 * the solution. Its arguments are the solution's command.
 */
const BEGIN = `
umask 022
mkdir ${INSIDE.lab} ${INSIDE.tmp} && cp -R ${SOURCE}/. ${INSIDE.lab} && cd ${INSIDE.lab} || exit 125
echo "$0"
"$@"
exit $?`

/** The first line of output. */
export const READY = 'cachelab: ready'

/** Processes and threads. Older kernels count all sandboxes and the user together. */
const MAX_TASKS = countsBySandbox(release()) ? 512 : 4096

/** The command that begins a solution in the finished cell, with limits that the kernel keeps. */
export function begin(command: readonly string[]): string[] {
  const limits = [`--nproc=${MAX_TASKS}`, '--core=0', '--nofile=256']
  return ['prlimit', ...limits, 'sh', '-c', BEGIN, READY, ...command]
}

/** Whether the kernel counts what a user runs by user namespace: since Linux 5.14. */
function countsBySandbox(version: string): boolean {
  const [major, minor] = version.split('.').map(Number)
  return major > 5 || (major === 5 && minor >= 14)
}

/** A word as a shell takes it. */
export const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`
