import { isSame, shown, shownPushes } from './compare.js'
import { isBlocking, programOf, type Step } from './program.js'
import type { Outcome, Target } from './run.js'

/** Where two servers answered otherwise. */
interface Difference {
  /** The last step that it takes. */
  readonly at: number
  readonly words: readonly string[]
  readonly real: string
  readonly ours: string
}

/** The first difference of two servers' answers to a program. */
function differenceIn(program: readonly Step[], real: Outcome, ours: Outcome): Difference | undefined {
  const queues = new Map<number, (readonly string[])[]>()
  for (const [at, { client, words }] of program.entries()) {
    const [a, b] = [real.replies[at], ours.replies[at]]
    const name = words[0].toLowerCase()
    if (!isSame(words, a, b, queues.get(client))) return { at, words, real: shown(a), ours: shown(b) }
    if (a.text === 'QUEUED') queues.set(client, [...(queues.get(client) ?? []), words])
    else if (['exec', 'discard', 'reset'].includes(name)) queues.delete(client)
  }
  const at = program.length - 1
  for (const [client, pushes] of real.pushes.entries()) {
    const [a, b] = [pushes, ours.pushes[client]].map(shownPushes)
    if (a !== b) return { at, words: [`pushes to client ${client}`], real: a, ours: b }
  }
  for (const [i, { words, reply }] of real.state.entries()) {
    const other = ours.state[i]
    if (!other || !isSame(words, reply, other.reply) || other.words.join() !== words.join())
      return { at, words, real: shown(reply), ours: other ? shown(other.reply) : '' }
  }
  return undefined
}

/** Two servers that are given the same programs. */
export class Pair {
  constructor(
    private readonly real: Target,
    private readonly ours: Target,
  ) {}

  async differ(program: readonly Step[]): Promise<Difference | undefined> {
    const [real, ours] = await Promise.all([this.real.run(program), this.ours.run(program)])
    return differenceIn(program, real, ours)
  }

  /** Runs so many random commands; where the servers differ the shortest program that shows it, as text. */
  async check(seed: string, length: number): Promise<string | undefined> {
    const program = programOf(seed, length)
    const difference = await this.differ(program)
    return difference && this.shortest(seed, program, difference)
  }

  private async shortest(seed: string, whole: readonly Step[], first: Difference): Promise<string> {
    let program: readonly Step[] = whole.slice(0, first.at + 1)
    let difference = await this.differ(program)
    // What waits may be answered by a later step.
    if (!difference) {
      program = whole
      difference = await this.differ(program)
    }
    if (!difference) return [`seed ${seed}: a difference that doesn't come again`, ...lines(first)].join('\n')
    for (let size = Math.ceil(program.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let at = program.length - 1 - size; at > -size; at -= size) {
        const shorter = program.filter((_, i) => i < at || i >= at + size)
        const other = shorter.length > 0 ? await this.differ(shorter) : undefined
        if (!other || other.words[0].toLowerCase() !== difference.words[0].toLowerCase()) continue
        program = isBlocking(other.words) ? shorter : shorter.slice(0, other.at + 1)
        difference = other
      }
    }
    const steps = program.map(({ client, words }) => `  ${client}: ${words.map(quoted).join(' ')}`)
    return [`seed ${seed}`, ...steps, ...lines(difference)].join('\n')
  }
}

const lines = ({ words, real, ours }: Difference) => [
  words.map(quoted).join(' '),
  `  real ${short(real)}`,
  `  ours ${short(ours)}`,
]

const MAX_TEXT = 400
const short = (text: string) => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text)

const quoted = (word: string) =>
  /^[\w*.+-]+$/.test(word)
    ? word
    : `"${word.replace(/[^ -~]|["\\]/g, (c) => (c === '"' || c === '\\' ? `\\${c}` : `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`))}"`
