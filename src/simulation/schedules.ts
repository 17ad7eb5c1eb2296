import type { Random } from '../random/random.js'
import { Overload } from './event-queue.js'
import { type Fault, inOrder, misplaced } from './faults.js'

export interface ScheduleSpace {
  readonly nodes: number
  /** Milliseconds in which faults happen. */
  readonly duration: number
  readonly most: number
}

/** Faults begin after this share of the duration; half of them follow soon after another one. */
const LEAD = 0.1
const SOON = 0.1
const SLOWNESS = [10, 100, 1000]

/** A random schedule of faults, at whole milliseconds. */
export function randomSchedule(random: Random, space: ScheduleSpace): Fault[] {
  const count = 1 + random.below(space.most)
  const faults: Fault[] = []
  while (faults.length < count) {
    const before = random.next() < 0.5 ? faults.at(-1)?.at : undefined
    const at =
      before === undefined
        ? space.duration * (LEAD + (1 - LEAD) * random.next())
        : Math.min(space.duration, before + space.duration * SOON * random.next())
    faults.push(randomFault(random, Math.floor(at), space.nodes))
  }
  return withoutMisplaced(faults)
}

function randomFault(random: Random, at: number, nodes: number): Fault {
  const node = random.below(nodes)
  switch (random.below(7)) {
    case 0:
    case 1:
      return { kind: 'kill', at, node }
    case 2:
      return { kind: 'restart', at, node }
    case 3:
      return { kind: 'hang', at, node }
    case 4:
      return { kind: 'slow', at, node, factor: SLOWNESS[random.below(SLOWNESS.length)] }
    case 5:
      return { kind: 'heal', at }
    default:
      return { kind: 'partition', at, groups: randomGroups(random, nodes) }
  }
}

function randomGroups(random: Random, nodes: number): number[][] {
  const groups: number[][] = [[], []]
  for (let node = 0; node < nodes; node++) groups[random.below(2)].push(node)
  return groups.filter((group) => group.length > 0)
}

/** The schedule without the restarts of nodes that aren't down. */
export function withoutMisplaced(faults: readonly Fault[]): Fault[] {
  const kept = inOrder(faults)
  for (let wrong = misplaced(kept); wrong; wrong = misplaced(kept)) kept.splice(kept.indexOf(wrong), 1)
  return kept
}

/**
 * What comes of a schedule; undefined where its faults, such as a node that is slow for long, make more wait at once than
 * a simulation holds. Throws Overload where that is so without faults, too.
 */
export function unlessOverloaded<T>(
  faults: readonly Fault[],
  run: (faults: readonly Fault[]) => T,
): T | undefined {
  try {
    return run(faults)
  } catch (error) {
    if (!(error instanceof Overload)) throw error
    run([])
    return undefined
  }
}

/** The same fault at rounder times, the roundest first, for shrinking a schedule. */
export function rounder(fault: Fault): Fault[] {
  return [1000, 500, 100, 10].flatMap((unit) => {
    const at = Math.round(fault.at / unit) * unit
    return at === fault.at ? [] : [{ ...fault, at }]
  })
}

/** The most tasks that schedules are divided into: few enough to keep the results of all in memory. */
const MAX_PARTS = 100_000

/** Divides schedules, numbered from `first` on, into as many tasks for the cores. */
export function partsOf(first: number, schedules: number): { first: number; count: number }[] {
  const size = Math.ceil(schedules / MAX_PARTS)
  return Array.from({ length: Math.ceil(schedules / size) }, (_, i) => ({
    first: first + i * size,
    count: Math.min(size, schedules - i * size),
  }))
}
