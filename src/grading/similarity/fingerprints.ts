import { hashFunctions, hashText } from '../../hashing/index.js'
import { finalize } from '../../hashing/murmur3.js'
import type { Token } from './token.js'

/** Tokens in a gram: what solutions have in common by chance is shorter. Calibrated with THRESHOLD. */
const GRAM = 10
/** Grams in a window, of which one is kept: what is common over GRAM + WINDOW − 1 tokens is always found. */
const WINDOW = 4

/** A program with a character for each token, so that runs of tokens are texts. */
export type Program = string

/** Characters follow from words alone, so that a program has the same fingerprints in any company. */
export function programOf(tokens: readonly Token[]): Program {
  return tokens.map(({ word }) => characterOf(word)).join('')
}

const characters = new Map<string, string>()

function characterOf(word: string): string {
  const character =
    characters.get(word) ?? String.fromCharCode(hashText(hashFunctions.murmur3.hash, word) >>> 16)
  characters.set(word, character)
  return character
}

/** All runs of GRAM tokens. */
export const gramsOf = (program: Program): string[] =>
  Array.from({ length: Math.max(0, program.length - GRAM + 1) }, (_, at) => program.slice(at, at + GRAM))

function hash(gram: string): number {
  let h = 0
  for (let i = 0; i < gram.length; i++) h = Math.imul(h, 31) + gram.charCodeAt(i)
  return finalize(h)
}

/**
 * Fingerprints of a program: grams, and where each is first. Of every window the gram with the smallest hash is kept,
 * the last of equals (Schleimer, Wilkerson, Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD
 * 2003). A program shorter than a window has none.
 */
export function fingerprintsOf(program: Program): Map<string, number> {
  const grams = gramsOf(program)
  const hashes = grams.map(hash)
  const kept = new Map<string, number>()
  for (let from = 0; from + WINDOW <= grams.length; from++) {
    let least = from
    for (let at = from + 1; at < from + WINDOW; at++) if (hashes[at] <= hashes[least]) least = at
    if (!kept.has(grams[least])) kept.set(grams[least], least)
  }
  return kept
}
