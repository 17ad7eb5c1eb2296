import {
  type EvictionPolicy,
  type PolicyName,
  policies,
  type Queue,
  type QueueEntry,
} from '../../eviction/index.js'
import { reportOf } from '../../report/build.js'
import { countOf } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { keyNames } from '../../trace/key-names.js'
import type { Trace } from '../../trace/trace.js'
import { loggedRequests } from './request-log.js'
import { noteReadsOnly, readsOf } from './requests.js'

export interface StepsOptions {
  readonly policy: PolicyName
  readonly capacity: number
  /** The requests, by name. */
  readonly requests: readonly string[]
  /** The trace that they come from. */
  readonly trace?: Trace | undefined
  readonly seed: number
  readonly rate: number
}

/** A policy step by step: one row a request, with the key evicted, the reason, and the contents. */
export function evictionSteps(options: StepsOptions): Report {
  const names = [...new Set(options.requests)]
  const requests = Uint32Array.from(options.requests, (name) => names.indexOf(name))
  const kind = policies[options.policy]
  const cache = kind.create({ ...options, keyCount: names.length, requests })
  let hits = 0
  const rows = Array.from(requests, (key, i) => {
    const before = resident(cache)
    const hit = cache.access(key)
    if (hit) hits++
    const after = new Set(resident(cache))
    const left = hit ? undefined : [...before, key].find((candidate) => !after.has(candidate))
    return {
      step: i + 1,
      request: names[key],
      result: hit ? 'hit' : 'miss',
      evicted: left === undefined ? null : names[left],
      reason: left === undefined ? null : kind.reason,
      inside: cache
        .queues()
        .map((queue) => shown(queue, names))
        .join(' | '),
    }
  })
  const queues = cache.queues()
  return reportOf('evict steps', {
    title: `${options.policy}, step by step`,
    parameters: {
      ...(options.trace ? { trace: options.trace.label, ...options.trace.parameters } : {}),
      policy: options.policy,
      capacity: options.capacity,
      requests: requests.length,
    },
    tables: {
      steps: {
        title: queues.length > 0 ? `Inside: ${queues.map(described).join(' | ')}` : 'Requests',
        columns: {
          step: 'step',
          request: 'request',
          result: 'result',
          evicted: queues.length > 0 && 'left',
          inside: queues.length > 0 && 'inside',
          reason: queues.length > 0 && 'reason',
        },
        rows,
      },
    },
    findings: {
      idea: `The idea: ${kind.idea}.`,
      hits: {
        text: `${hits} of ${countOf(requests.length, 'request')} hit${atTheEnd(queues, names)}.`,
        measured: hits,
      },
    },
  })
}

/** What is in the first queue, at the end of a sentence; nothing where a policy doesn't show its contents. */
function atTheEnd(queues: readonly Queue[], names: readonly string[]): string {
  const [first] = queues
  if (!first) return ''
  if (first.entries.length === 0) return '; the first queue is empty at the end'
  const place = queues.length > 1 ? `in ${first.name.split(',')[0]}` : 'are inside'
  return `; at the end ${shown(first, names)} ${place}`
}

/** The keys of a trace's first requests, by name. */
export async function firstRequests(trace: Trace, count: number): Promise<string[]> {
  const history = await loggedRequests(trace, {}, undefined, count)
  noteReadsOnly(trace, history)
  const names = keyNames(trace.index)
  return Array.from(readsOf(history), (key) => names[key])
}

function resident(cache: EvictionPolicy): number[] {
  const keys = cache
    .queues()
    .filter((queue) => !queue.ghost)
    .flatMap((queue) => queue.entries.filter((entry) => entry.mark !== 'ghost').map((entry) => entry.key))
  return [...new Set(keys)]
}

function described({ name, ghost }: Queue): string {
  return ghost ? `${name} (only remembered)` : name
}

function shown(queue: Queue, names: readonly string[]): string {
  const entry = ({ key, mark }: QueueEntry) => (mark === undefined ? names[key] : `${names[key]}(${mark})`)
  return queue.entries.length === 0 ? '–' : queue.entries.map(entry).join(' ')
}
