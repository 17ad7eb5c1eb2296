import { type CaseCheck, checkCases, shown } from '../../src/grading/cases.js'
import { many } from '../../src/grading/draw.js'
import type { Solution } from '../../src/grading/exercise.js'
import { type Random, shuffle } from '../../src/random/random.js'

/** What the storage keeps. */
export interface Stored {
  readonly token: number
  readonly value: string
}

export interface Written {
  readonly accepted: boolean
  readonly record: Stored | null
}

interface Write {
  readonly record: Stored | null
  readonly token: number
  readonly value: string
}

/** The rule. */
export const write = ({ record, token, value }: Write): Written =>
  record && token < record.token ? { accepted: false, record } : { accepted: true, record: { token, value } }

export function isSame(given: unknown, right: Written): boolean {
  const { accepted, record } = (given ?? {}) as Partial<Written>
  return (
    accepted === right.accepted &&
    (record ?? null) !== undefined &&
    record?.token === right.record?.token &&
    record?.value === right.record?.value
  )
}

const writing: CaseCheck<Write> = {
  name: 'write',
  parameters: ({ record, token, value }) => [record, token, value],
  words: ({ record, token, value }) =>
    `${record ? `the storage has ${shown(record)}` : 'the storage is empty'}; write ${shown(value)} with the token ${token}`,
  smaller: () => [],
  next: 'Accept a write if its token is not lower than the last one that was accepted; else the record stays as it is.',
  wrong(input, value) {
    const right = write(input)
    return isSame(value, right) ? undefined : `you returned ${shown(value)}; it is ${shown(right)}`
  },
}

/** The storage refuses tokens that are lower than one that it has seen. */
export async function fences(solution: Solution, random: Random): Promise<void> {
  const writes = many(8, () => {
    const token = 2 + random.below(200)
    const record = { token, value: `v${random.below(1000)}` }
    const tokens = [1, token - 1, token, token + 1, token * 10]
    const value = () => `v${random.below(1000)}`
    return [
      ...tokens.map((one) => ({ record, token: one, value: value() })),
      { record: null, token, value: value() },
      // As texts they come in the other order.
      { record: { ...record, token: 7 + random.below(3) }, token: 10 + random.below(50), value: value() },
    ]
  }).flat()
  await checkCases(solution, shuffle(writes, random), writing)
}
