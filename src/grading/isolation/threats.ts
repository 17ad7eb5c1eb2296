import type { Isolation } from './index.js'

/** What holds a threat off: an isolation, or without one Node's permissions, which only Node's solutions are under. */
export type Protection = Isolation | 'node'

export interface Threat {
  readonly id: string
  readonly text: string
  readonly heldOffBy: readonly Protection[]
}

const ISOLATED: readonly Protection[] = ['bubblewrap', 'namespaces']
const ISOLATED_OR_NODE: readonly Protection[] = [...ISOLATED, 'node']

/** What a hostile solution may try. A test tries all of it under each protection, and compares. */
export const threats: readonly Threat[] = [
  {
    id: 'limits',
    text: 'endless loops, crashes, floods of output, memory, disk or processes',
    heldOffBy: [...ISOLATED_OR_NODE, 'none'],
  },
  {
    id: 'read',
    text: 'reading files of the machine: home, lab, reports, reference solutions',
    heldOffBy: ISOLATED_OR_NODE,
  },
  { id: 'write', text: 'writing files outside of its own folder', heldOffBy: ISOLATED_OR_NODE },
  {
    id: 'grader',
    text: 'the seed in the environment and the open files of the grader',
    heldOffBy: [...ISOLATED_OR_NODE, 'none'],
  },
  {
    id: 'secrets',
    text: 'the seed in the environment of what started the grader',
    heldOffBy: ISOLATED_OR_NODE,
  },
  { id: 'processes', text: 'seeing, stopping or changing other processes', heldOffBy: ISOLATED_OR_NODE },
  { id: 'daemon', text: 'a process that outlives its check', heldOffBy: ISOLATED_OR_NODE },
  { id: 'kernel', text: 'kernel settings, cgroups, /sys, devices', heldOffBy: ISOLATED_OR_NODE },
  {
    id: 'privileges',
    text: 'becoming another user, capabilities, namespaces of its own',
    heldOffBy: ISOLATED_OR_NODE,
  },
  { id: 'shared', text: 'shared memory and message queues that stay behind', heldOffBy: ISOLATED_OR_NODE },
  { id: 'network', text: 'the network, this machine’s servers included', heldOffBy: ISOLATED },
  {
    id: 'calls',
    text: 'system calls that nobody needs: bpf, ptrace, keyrings, io_uring, …',
    heldOffBy: ['bubblewrap', 'node'],
  },
]

const columns: Readonly<Record<Protection, string>> = {
  bubblewrap: 'bubblewrap',
  namespaces: 'namespaces (util-linux)',
  node: 'none, Node’s solutions',
  none: 'none, other languages',
}

/** The threats and what each isolation does about them, as a table in Markdown. */
export function threatTable(): string {
  const protections = Object.keys(columns) as Protection[]
  const rows = threats.map(({ text, heldOffBy }) => [
    text,
    ...protections.map((one) => (heldOffBy.includes(one) ? 'held off' : '**no**')),
  ])
  const lines = [['', ...Object.values(columns)], [':--', ...protections.map(() => ':--')], ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}
