import { commands } from '../../redis/table.js'

/**
 * What is left of a token when names, numbers, texts, types and layout are taken away: `for`, `(`, `=`, NAME for
 * every name, LITERAL for every literal but the commands of Redis, which are themselves.
 */
export interface Token {
  readonly word: string
  /** Where it begins, from 1. */
  readonly line: number
}

export const NAME = 'name'
export const LITERAL = 'literal'

/** The word for a literal as it is written. Some exercises ask for commands of Redis; then solutions differ in nothing else. */
export function literal(written: string): string {
  const text = /^(['"`]?)(\w{1,30})\1$/.exec(written)?.[2]
  return text !== undefined && commands.has(text.toLowerCase()) ? text.toLowerCase() : LITERAL
}

/** Words that can replace one another without any other change to what a program does. */
const sameWords: Readonly<Record<string, string>> = {
  while: 'for',
  let: 'const',
  var: 'const',
  '==': '===',
  '!=': '!==',
}

export const token = (word: string, line: number): Token => ({ word: sameWords[word] ?? word, line })
