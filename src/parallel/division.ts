import { InputError } from '../input-error.js'
import { difference } from './difference.js'
import { summed } from './progress.js'

/** Which of how many machines a run is on: 1 of 3 to 3 of 3. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/** What is known of one experiment’s work: plain data, by names that the experiment gives. */
export interface Results {
  /** What every machine finds out for itself, such as how many keys a file has. */
  readonly facts: Map<string, unknown>
  /** Lists of independent tasks: how many there are, and the results of those that are done. */
  readonly lists: Map<string, { readonly tasks: number; readonly done: Map<number, unknown> }>
}

export const noResults = (): Results => ({ facts: new Map(), lists: new Map() })

/** How the present experiment’s work is divided. */
export interface Division {
  /** What is known already, and what this run adds. */
  readonly results: Results
  /** Does this share of the tasks only; all of them by default. */
  readonly shard?: Shard
  /** Whether anything may be computed that isn’t known: merging only puts together. */
  readonly mayRun: boolean
  /** Whether the report is to be made of the tasks that are there. */
  readonly isPartial?: boolean
  /** Called before tasks of a list are done, with how many of them this run does. */
  started?(tasks: number): void
  /** Called with each task that is done. */
  finished?(list: string, index: number): void
}

let current: Division | undefined

/** Divides the work of the experiments that begin from now on; undefined is one machine that keeps nothing. */
export function useDivision(division: Division | undefined): void {
  current = division
}

/** Whether results are only put together now. */
export const isMerging = (): boolean => current?.mayRun === false

/** Thrown where the share of this machine is done: the rest of the experiment needs the results of others. */
export class ShardDone extends Error {
  override readonly name = 'ShardDone'
}

/** Independent tasks of an experiment. */
export interface Tasks<I, O> {
  /** Names the list within its experiment. */
  readonly name: string
  readonly inputs: readonly I[]
  /** How much work a task is, in any unit: what can be told before it is done. Equal for all by default. */
  cost?(input: I): number
  /** Whether neighbours in the list share what has to be read or drawn for them: a share is a stretch of the list then. */
  readonly areShared?: boolean
  /** Is told after each task how much of this run's work is done, in the unit of the costs. */
  readonly progress?: ((done: number, total: number) => void) | undefined
  /** Does some of the tasks, in any order, and calls `done` with the place of each among them and with its result. */
  run(inputs: readonly I[], done: (place: number, result: O) => void): Promise<unknown>
}

/** A task that is done. */
export interface Done<I, O> {
  readonly input: I
  readonly result: O
}

/**
 * Does a list of independent tasks, or the share of this machine, and gives the results in the order of the list.
 * Throws ShardDone where other machines have the others. Results must survive JSON (see part.ts).
 */
export async function divide<I, O>(tasks: Tasks<I, O>): Promise<Done<I, O>[]> {
  const { name, inputs, cost = () => 1, progress, run } = tasks
  const division = current
  const done = listOf(division, name, inputs.length) as Map<number, O>
  const pending = isMerging() ? [] : pendingOf(tasks, division?.shard, done)
  if (pending.length > 0) {
    const mine = pending.map((index) => inputs[index])
    const passed = summed(
      progress,
      mine.reduce((sum, input) => sum + cost(input), 0),
    )
    division?.started?.(mine.length)
    await run(mine, (place, result) => {
      done.set(pending[place], result)
      division?.finished?.(name, pending[place])
      passed(cost(mine[place]))
    })
  }
  if (division?.shard || (done.size < inputs.length && !division?.isPartial)) throw new ShardDone()
  return inputs.flatMap((input, index) => (done.has(index) ? [{ input, result: done.get(index) as O }] : []))
}

function listOf(division: Division | undefined, name: string, tasks: number): Map<number, unknown> {
  const known = division?.results.lists.get(name)
  if (known && known.tasks !== tasks)
    throw new InputError(`the parts have ${known.tasks} tasks of ${name}, and the command line has ${tasks}`)
  const list = known ?? { tasks, done: new Map() }
  division?.results.lists.set(name, list)
  return list.done
}

/** The places of the tasks that this machine has to do. */
function pendingOf<I, O>(
  { inputs, cost, areShared }: Tasks<I, O>,
  shard: Shard | undefined,
  done: ReadonlyMap<number, unknown>,
): number[] {
  const assign = areShared ? stretchesOf : shardsOf
  const shards = shard && assign(inputs.map(cost ?? (() => 1)), shard.count)
  return inputs
    .map((_, index) => index)
    .filter((index) => !done.has(index) && (!shards || shards[index] === shard.index - 1))
}

/**
 * For each task which of `count` shards does it: the costliest tasks first, each to the shard with the least work so far
 * (Graham, “Bounds on Multiprocessing Timing Anomalies”, 1969: at most 4/3 of the best possible time). O(n log n + n·count).
 */
export function shardsOf(costs: readonly number[], count: number): number[] {
  const work = new Array<number>(count).fill(0)
  const shards = new Array<number>(costs.length)
  const costliest = costs.map((_, task) => task).sort((a, b) => costs[b] - costs[a] || a - b)
  for (const task of costliest) {
    const least = work.reduce((best, sum, shard) => (sum < work[best] ? shard : best), 0)
    shards[task] = least
    work[least] += costs[task]
  }
  return shards
}

/**
 * The same for tasks that share something with their neighbours: the list is cut into `count` stretches of equal work, and a
 * task belongs to the stretch that its middle is in. A stretch has at most one task’s work more than its share. O(n).
 */
export function stretchesOf(costs: readonly number[], count: number): number[] {
  const whole = costs.reduce((sum, cost) => sum + cost, 0) || 1
  let before = 0
  return costs.map((cost) => {
    const middle = before + cost / 2
    before += cost
    return Math.min(count - 1, Math.floor((middle / whole) * count))
  })
}

/**
 * What every machine finds out for itself: made where something may be computed, and the same everywhere. Throws
 * InputError where it differs from what is known, as the machines have different inputs then.
 */
export async function fact<T>(name: string, make: () => T | Promise<T>): Promise<T> {
  const facts = current?.results.facts
  if (!facts) return make()
  const isKnown = facts.has(name)
  if (isMerging()) {
    if (isKnown) return facts.get(name) as T
    throw new InputError(`no part says ${name}`)
  }
  const made = await make()
  const changed = isKnown && difference(made, facts.get(name))
  if (changed) throw new InputError(`${name} differs from the parts: ${changed}`)
  facts.set(name, made)
  return made
}

/** A fact that this machine or a part has told: undefined where none has, as may be in a partial report. */
export const toldFact = <T>(name: string): T | undefined => current?.results.facts.get(name) as T | undefined
