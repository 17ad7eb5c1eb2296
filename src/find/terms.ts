import document from '../docs/terms.md'
import { blocksOf } from '../report/blocks.js'
import { stem, wordsOf } from './words.js'

/** A word of the field, and what it means. */
interface Term {
  /** Its names: `slot, hash slot`. */
  readonly names: readonly string[]
  readonly meaning: string
}

/** The terms of the document on them. */
export function terms(): Term[] {
  return blocksOf(document).flatMap((block) =>
    block.kind === 'table'
      ? block.rows
          .slice(1)
          .map(([names, meaning]) => ({ names: names.split(', '), meaning: meaning.replaceAll(/[*`]/g, '') }))
      : [],
  )
}

const stems = (text: string): string => wordsOf(text).map(stem).join(' ')

/** What the words mean, in any number and case; null where they are no term. */
export function meaningOf(words: string): string | null {
  const asked = stems(words)
  const found = terms().find(({ names }) => names.some((name) => stems(name) === asked))
  return found ? `${found.names.join(', ')}: ${found.meaning}.` : null
}

/** What a word means that somebody asks for at a question; else which words of the question can be explained. */
export function explained(word: string, question: readonly string[]): string {
  const meaning = meaningOf(word)
  if (meaning !== null) return meaning
  const text = question.join(' ')
  // Names in capitals, such as ASK, stand so in the question.
  const stands = (name: string) =>
    /[a-z]/.test(name)
      ? ` ${stems(text)} `.includes(` ${stems(name)} `)
      : ` ${text.replaceAll(/[^\w/()]+/g, ' ')} `.includes(` ${name} `)
  const here = terms().flatMap(({ names }) => names.filter(stands))
  const which = here.length > 0 ? ` Words of this question: ${here.join(', ')}.` : ''
  return `? WORD explains a word; cachelab find WORD looks everywhere.${which}`
}
