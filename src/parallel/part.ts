import { InputError } from '../input-error.js'
import { difference } from './difference.js'
import { noResults, type Results, type Shard } from './division.js'

/** A part of an experiment’s work that is done, as a file holds it. Its JSON Schema is in report.schema.json. */
export interface Part {
  readonly schema: typeof PART
  /** The version of the program, as others may do the work otherwise. */
  readonly version: string
  /** The command: `ring sweep`. */
  readonly command: string
  /** The words after `cachelab` that do the whole work. */
  readonly arguments: readonly string[]
  /** The shards whose work this is: empty for what one machine has done so far. */
  readonly shards: readonly string[]
  readonly facts: Readonly<Record<string, unknown>>
  readonly lists: readonly {
    readonly name: string
    /** How many tasks the whole list has. */
    readonly tasks: number
    /** The places of tasks that are done, and their results. */
    readonly done: readonly (readonly [place: number, result: unknown])[]
  }[]
}

export const PART = 'cachelab/part@1'

/** What a part says of the work that it is a part of. */
export type Work = Pick<Part, 'version' | 'command' | 'arguments'>

export const shardText = ({ index, count }: Shard): string => `${index}/${count}`

/** The part of some work that these results are. */
export function partOfWork(work: Work, shards: readonly string[], { facts, lists }: Results): Part {
  return {
    schema: PART,
    ...work,
    shards,
    facts: Object.fromEntries(facts),
    lists: [...lists].map(([name, { tasks, done }]) => ({
      name,
      tasks,
      done: [...done].sort(([a], [b]) => a - b),
    })),
  }
}

export const partText = (part: Part): string => `${JSON.stringify(part, replacer)}\n`
export const parsedPart = (text: string): unknown => JSON.parse(text, reviver)

/** Numbers that JSON doesn’t have, as objects with one key. */
const NUMBER = '$number'

function replacer(_: string, value: unknown): unknown {
  const isOdd = typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
  return isOdd ? { [NUMBER]: Object.is(value, -0) ? '-0' : String(value) } : value
}

function reviver(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(NUMBER in value)) return value
  return Number(value[NUMBER])
}

/** A part, and the file that it is from. */
export interface NamedPart {
  readonly label: string
  readonly part: Part
}

/**
 * All parts of one work as one. Throws InputError, which names the files and what differs, where they are parts of different
 * work, and where two hold the same task.
 */
export function mergeParts(parts: readonly NamedPart[]): { part: Part; results: Results } {
  const [first, ...others] = parts
  for (const other of others) checkSameWork(first, other)
  const results = noResults()
  const origin = new Map<string, string>()
  for (const { label, part } of parts) {
    for (const [name, value] of Object.entries(part.facts)) addFact(results, name, value, label, first.label)
    for (const { name, tasks, done } of part.lists) {
      const list = results.lists.get(name) ?? { tasks, done: new Map() }
      results.lists.set(name, list)
      if (list.tasks !== tasks)
        throw new InputError(`${label} has ${tasks} tasks of ${name}, and ${first.label} has ${list.tasks}`)
      for (const [place, result] of done) {
        if (place >= tasks)
          throw new InputError(`${label} has task ${place + 1} of ${tasks} tasks of ${name}`)
        const id = `${name} ${place}`
        const before = origin.get(id)
        if (before !== undefined)
          throw new InputError(
            `${before} and ${label} are parts that hold the same: task ${place + 1} of ${name}`,
          )
        origin.set(id, label)
        list.done.set(place, result)
      }
    }
  }
  const shards = [...new Set(parts.flatMap(({ part }) => part.shards))].sort(byNumber)
  return { part: partOfWork(first.part, shards, results), results }
}

const byNumber = (a: string, b: string): number => Number.parseInt(a, 10) - Number.parseInt(b, 10)

function addFact({ facts }: Results, name: string, value: unknown, label: string, first: string): void {
  const changed = facts.has(name) && difference(value, facts.get(name))
  if (changed) throw new InputError(`${label} is a part of other input than ${first}: ${name} is ${changed}`)
  facts.set(name, value)
}

function checkSameWork(first: NamedPart, { label, part }: NamedPart): void {
  const differs = (what: string, now: string, before: string) => {
    if (now !== before)
      throw new InputError(
        `${label} is a part of other work than ${first.label}: ${what} ${now}, not ${before}`,
      )
  }
  differs('version', part.version, first.part.version)
  differs('command', part.command, first.part.command)
  differs('arguments', part.arguments.join(' '), first.part.arguments.join(' '))
}

/** What is missing of some work, in words; undefined if nothing is. */
export function missingOf({ shards, lists }: Part): string | undefined {
  const lacking = lists.filter(({ tasks, done }) => done.length < tasks)
  if (lacking.length === 0) return undefined
  const tasks = lacking.map(({ name, tasks, done }) => `${tasks - done.length} of ${tasks} tasks of ${name}`)
  const absent = absentShards(shards)
  const of = absent.length === 0 ? '' : ` (shard${absent.length > 1 ? 's' : ''} ${listed(absent)})`
  return `${tasks.join(', ')}${of}`
}

/** The shards that none of these is; none where they are of different divisions. */
function absentShards(shards: readonly string[]): string[] {
  const [count = 0, ...others] = new Set(shards.map((shard) => Number(shard.split('/')[1])))
  if (others.length > 0) return []
  return Array.from({ length: count }, (_, i) => shardText({ index: i + 1, count })).filter(
    (shard) => !shards.includes(shard),
  )
}

/** The first of a list, and how many others there are. */
function listed(names: readonly string[]): string {
  const SHOWN = 10
  const others = names.length - SHOWN
  return `${names.slice(0, SHOWN).join(', ')}${others > 0 ? ` and ${others} others` : ''}`
}
