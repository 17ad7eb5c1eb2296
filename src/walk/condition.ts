import { stripVTControlCharacters } from 'node:util'
import { InputError } from '../input-error.js'

/** What a command did: its words, what it printed, its report if it has one. */
export interface Outcome {
  readonly words: readonly string[]
  readonly output: string
  readonly code: number
  readonly report?: object
}

/** Whether what a command did is what was asked for. */
export type Condition = (outcome: Outcome) => boolean

const COMPARISONS: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  '<=': (a, b) => Number(a) <= Number(b),
  '>=': (a, b) => Number(a) >= Number(b),
  '<': (a, b) => Number(a) < Number(b),
  '>': (a, b) => Number(a) > Number(b),
  '!=': (a, b) => a !== b,
  '=': (a, b) => a === b,
  has: (a, b) =>
    String(b)
      .split('|')
      .some((one) =>
        Array.isArray(a) ? spaced(a).includes(spaced([one])) : folded(a).includes(folded(one)),
      ),
}
/** Redis takes its words in either case, and colours and the breaks of lines depend on the screen. */
const folded = (text: unknown): string =>
  stripVTControlCharacters(String(text)).toLowerCase().replaceAll(/\s+/g, ' ')

/** Words of a command line, of which some may be one in quotes or behind an option's `=`. */
const spaced = (words: readonly unknown[]): string =>
  ` ${folded(words.map((word) => String(word).replace(/^(--[\w-]+)=/, '$1 ')).join(' '))} `

const TERM = /^(\S+) (<=|>=|<|>|!=|=|has) (.+)$/

/**
 * A condition in words: comparisons that all must hold, joined by ` and `. A side is a number, a text in quotes, or a path into
 * the outcome: `words`, `output`, `code`, `command`, and of the report `parameters.KEY`, `findings.ID.measured` and
 * `tables.NAME.KEY`, all values of a column: a comparison holds if it does for each of them, and there is one. `tables.NAME.KEY.2`
 * is that of the third row. `has` takes upper and lower case and any space as the same, and colours as nothing; `has "a|b"` is one
 * of the two. Throws InputError at anything else.
 */
export function parseCondition(text: string): Condition {
  const terms = text.split(' and ').map((term) => {
    const [, left, operator, right] = TERM.exec(term) ?? []
    if (left === undefined) throw new InputError(`no condition: ${term}`)
    const [a, b] = [left, right].map(sideOf)
    return (outcome: Outcome): boolean => {
      const [values, others] = [a(outcome), b(outcome)]
      return (
        values.length > 0 &&
        others.length > 0 &&
        values.every((one) => others.every((other) => COMPARISONS[operator](one, other)))
      )
    }
  })
  return (outcome) => terms.every((holds) => holds(outcome))
}

type Side = (outcome: Outcome) => readonly unknown[]

function sideOf(text: string): Side {
  const quoted = /^"(.*)"$/.exec(text)?.[1]
  if (quoted !== undefined) return () => [quoted]
  if (/^(true|false)$/.test(text)) return () => [text === 'true']
  if (!Number.isNaN(Number(text))) return () => [Number(text)]
  return (outcome) => at(text.split('.'), outcome).filter((value) => value !== undefined && value !== null)
}

interface Shape {
  readonly command: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly tables: readonly {
    readonly name: string
    readonly rows: readonly Readonly<Record<string, unknown>>[]
  }[]
  readonly findings: readonly Readonly<Record<string, unknown>>[]
}

function at([first, second, third, fourth]: string[], { report, ...outcome }: Outcome): readonly unknown[] {
  if (first === 'words' || first === 'output' || first === 'code') return [outcome[first]]
  if (!report) return []
  const { command, parameters, tables, findings } = report as Shape
  if (first === 'command') return [command]
  if (first === 'parameters') return [parameters[second]]
  if (first === 'findings') return [findings.find(({ id }) => id === second)?.[third]]
  const rows = tables.find(({ name }) => name === second)?.rows ?? []
  const values = rows.map((row) => row[third])
  return fourth === undefined ? values : [values[Number(fourth)]]
}
