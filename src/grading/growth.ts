import { Failure, type Solution } from './exercise.js'
import { RedisWorld } from './redis-world.js'
import { nothingShows, throwUnfit, working } from './scenario.js'
import { type Commands, commandsAtOnce, type Step, words } from './scenario-commands.js'

/** The factor by which a step may look at more in a large world than in a small one: O(log N) grows less. */
const MAX_GROWTH = 3
/** Tolerance for a few links more or less. */
const SLACK = 40

/** A world of a given size, and the same steps in it whatever the size. */
export interface Growing {
  build(size: number): readonly Step[]
  readonly asked: readonly Step[]
  /** The functions whose answers are looked at. */
  readonly questions: ReadonlySet<string>
  /** What grows, in the plural. */
  readonly items: string
  /** How many of the asked functions must work; default all. */
  readonly least?: number
}

const SIZES = [50, 1000] as const

/** Fails where a step looks at more and more as the world grows. */
export async function checkGrowth(solution: Solution, growing: Growing, next: string): Promise<void> {
  const { asked, questions, items } = growing
  const worlds = SIZES.map((size) => growing.build(size))
  const commands = await commandsAtOnce(solution, [...worlds.flat(), ...asked], questions)
  const judged = judgedSteps(growing, [...worlds[0], ...asked], commands, next)
  const [small, large] = worlds.map((world) => {
    const store = new RedisWorld()
    for (const one of world) store.run(commands.of(one).commands)
    return judged.map((one) => costOf(store, one, commands, next))
  })
  for (const [i, one] of judged.entries()) {
    if (large[i] <= MAX_GROWTH * small[i] + SLACK) continue
    throw new Failure(
      `${words(one)} looks at ${small[i]} items where there are ${SIZES[0]} ${items}, and at ${large[i]} where there are ${SIZES[1]}`,
      next,
    )
  }
}

/** The steps that can be judged: a function that doesn't work is not judged as quick. */
function judgedSteps(
  { asked, questions, least = Number.POSITIVE_INFINITY }: Growing,
  steps: readonly Step[],
  commands: Commands,
  next: string,
): readonly Step[] {
  const works = working([steps], commands, questions)
  const judged = asked.filter(({ name }) => works.has(name))
  const shows = judged.some(({ name }) => questions.has(name))
  if (shows && judged.length >= Math.min(least, asked.length)) return judged
  throwUnfit(steps, commands, next)
  const silent = asked.find(({ name }) => questions.has(name) && !works.has(name))
  if (!silent) throw nothingShows(next)
  throw new Failure(`${words(silent)} answers as on an empty store, whatever was written`, next)
}

function costOf(store: RedisWorld, one: Step, commands: Commands, next: string): number {
  const ran = store.run(commands.of(one).commands)
  if (typeof ran === 'string') throw new Failure(`${words(one)}: ${ran}`, next)
  return ran.steps
}
