import { shown } from './cases.js'
import type { Answer } from './redis-world.js'

const isTexts = (reply: Answer): reply is readonly string[] =>
  Array.isArray(reply) && reply.every((item) => typeof item === 'string')

/** The reply must be these texts, in any order or in this one. */
export function wrongList(reply: Answer, expected: readonly string[], isOrdered = false): string | undefined {
  if (!isTexts(reply)) return `it must be a list of texts, ${shown(expected)}`
  const arranged = (items: readonly string[]) => JSON.stringify(isOrdered ? items : [...items].sort())
  if (arranged(reply) === arranged(expected)) return undefined
  return `it is ${shown(expected)}${isOrdered ? '' : ' in any order'}`
}

/** Nothing, 0, an empty list and a list of nothing but these are a no; all else is a yes. */
export const isYes = (reply: Answer): boolean =>
  Array.isArray(reply) ? reply.some(isYes) : reply !== null && reply !== 0

export const wrongYes = (reply: Answer, expected: boolean): string | undefined =>
  isYes(reply) === expected ? undefined : `it is a ${expected ? 'yes' : 'no: 0, nil or an empty list'}`

/** The reply must be this number, also as a text. */
export const wrongNumber = (reply: Answer, expected: number): string | undefined =>
  reply === expected || reply === String(expected) ? undefined : `it is ${expected}`

/**
 * The reply must be this text or nil, by itself or as the one item of a list; `hasKey` where the key may come before
 * it, as in what BLPOP and LMPOP answer.
 */
export function wrongText(reply: Answer, expected: string | null, hasKey = false): string | undefined {
  const items = itemsOf(reply)
  const text = lastOf(reply)
  const isAlone = items.length <= (hasKey && text !== null ? 2 : 1)
  return isAlone && text === expected ? undefined : `it is ${expected === null ? 'nil' : shown(expected)}`
}

/** What a reply ends with, as that of BLPOP with the value behind its key. */
export const lastOf = (reply: Answer): Answer => itemsOf(reply).at(-1) ?? null

const itemsOf = (reply: Answer): readonly Answer[] =>
  Array.isArray(reply) ? (reply as readonly Answer[]).flat() : [reply]
