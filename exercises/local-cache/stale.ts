import { type CaseCheck, checkCases, shorter, shown } from '../../src/grading/cases.js'
import { many } from '../../src/grading/draw.js'
import type { Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'

/** A value that was written, or that a server read from its cache. */
interface Access {
  readonly at: number
  readonly key: string
  readonly value: string
}

interface Log {
  readonly writes: readonly Access[]
  readonly reads: readonly Access[]
}

/** For how long the value that was read had been overwritten. */
function staleFor({ at, key, value }: Access, writes: readonly Access[]): number {
  const own = writes.filter((write) => write.key === key)
  const next = own[own.findIndex((write) => write.value === value) + 1]
  return next ? Math.max(0, at - next.at) : 0
}

const words = (accesses: readonly Access[]) =>
  accesses.map(({ at, key, value }) => `${at} ${key} ${shown(value)}`).join('; ')

const judged: CaseCheck<Log> = {
  name: 'staleness',
  parameters: ({ writes, reads }) => [writes, reads],
  words: ({ writes, reads }) => `writes ${words(writes)}, reads ${words(reads)}`,
  smaller({ writes, reads }) {
    const known = (fewer: readonly Access[]) =>
      reads.filter(({ key, value }) => fewer.some((write) => write.key === key && write.value === value))
    return [
      ...shorter(reads, 1).map((fewer) => ({ writes, reads: fewer })),
      ...shorter(writes, 1).map((fewer) => ({ writes: fewer, reads: known(fewer) })),
    ].filter((log) => log.reads.length > 0)
  },
  next: 'A value is stale from the next write of the same key on, however many more came after it.',
  wrong({ writes, reads }, value) {
    const right = reads.map((read) => staleFor(read, writes))
    return JSON.stringify(value) === JSON.stringify(right)
      ? undefined
      : `you returned ${shown(value)}; it is ${shown(right)}`
  },
}

/** Reads of values that are the newest, or were overwritten once or often. */
export async function staleness(solution: Solution, random: Random): Promise<void> {
  const logs = many(10, (): Log => {
    let at = random.below(500)
    const writes: Access[] = []
    const reads: Access[] = []
    for (let i = 0; i < 14; i++) {
      // Several things can happen at the same time.
      at += random.below(4) === 0 ? 0 : random.below(90)
      const key = ['a', 'b', 'c'][random.below(3)]
      const known = writes.filter((write) => write.key === key)
      if (known.length === 0 || random.below(2) === 0) writes.push({ at, key, value: `v${i}` })
      else reads.push({ ...known[known.length - 1 - random.below(Math.min(3, known.length))], at })
    }
    return { writes, reads }
  })
  await checkCases(
    solution,
    logs.filter(({ reads }) => reads.length > 0),
    judged,
  )
}
