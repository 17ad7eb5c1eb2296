import { shown } from './cases.js'
import type { Answer } from './redis-world.js'
import { type Came, failed, type Judge, type Run } from './scenario.js'
import type { Step } from './scenario-commands.js'

/** Steps in two settings, in which they must come to the same. */
interface Comparison {
  readonly questions: ReadonlySet<string>
  /** What each step comes to in one setting. */
  expected(steps: readonly Step[], run: Run): readonly Came[]
  /** The step that is played in the other. */
  played(step: Step): Step
  /** What the other should answer where the one answered this. */
  renamed(reply: Answer): Answer
  /** The part of an answer that counts. */
  read?(step: Step, reply: Answer): Answer
  /** Where the expected answers are from: `alone it answers`. */
  readonly because: string
}

/** Judges a solution by itself alone, so that what is wrong in both settings is not held against it here. */
export const judgeAlike =
  ({ questions, expected, played, renamed, read = (_, reply) => reply, because }: Comparison): Judge =>
  (steps, run) => {
    const others = expected(steps, run)
    const own = steps.map(played)
    let at = 0
    for (const came of run(own)) {
      const other = others[at]
      if ('error' in came) {
        if (!('error' in other)) return failed(own, at, came.error)
      } else if (questions.has(own[at].name) && 'reply' in other) {
        const wanted = renamed(read(own[at], other.reply))
        if (!isAlike(read(own[at], came.reply), wanted))
          return {
            steps: own,
            at,
            said: `it answered ${shown(came.reply)}`,
            wanted: `${because} ${shown(wanted)}`,
          }
      }
      at++
    }
    return undefined
  }

/** Judges by what the solution answers for plain texts: with others in their place it must answer the same. */
export const judgeRenamed = (
  facts: Pick<Comparison, 'questions' | 'read'>,
  rename: <T>(value: T) => T,
  played: Comparison['played'],
): Judge =>
  judgeAlike({
    ...facts,
    expected: (steps, run) => [...run(steps)],
    played,
    renamed: rename,
    because: 'its answers for plain names imply',
  })

/** The same, or the same items in another order. */
export const isAlike = (a: Answer, b: Answer) => arranged(a) === arranged(b)

function arranged(reply: Answer): string {
  if (!Array.isArray(reply)) return JSON.stringify(reply)
  return JSON.stringify((reply as readonly Answer[]).map((item) => JSON.stringify(item)).sort())
}

/** Puts other texts in the place of some, wherever they are in a value. */
export function renaming(names: ReadonlyMap<string, string>): <T>(value: T) => T {
  const rename = (value: unknown): unknown => {
    if (typeof value === 'string') return names.get(value) ?? value
    if (Array.isArray(value)) return value.map(rename)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [rename(name), rename(one)]))
  }
  return rename as <T>(value: T) => T
}

/** Steps with other texts in them, each the same one whenever it is asked for. */
export function renamedSteps(steps: readonly Step[], rename: <T>(value: T) => T): (step: Step) => Step {
  const renamed = new Map(steps.map((one) => [one, { ...one, parameters: rename(one.parameters) }]))
  return (one) => renamed.get(one)!
}
