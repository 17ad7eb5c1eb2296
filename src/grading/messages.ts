import { readLoosely } from './loose-json.js'

/** Marks a message with numbers that JSON has no word for. */
export const LOOSE = Symbol('loose')

/** A line that a solution wrote, read as an object. */
export interface Message {
  readonly [field: string]: unknown
  readonly [LOOSE]?: true
}

/** The message in a line; undefined where it is something else. */
export function messageIn(line: string): Message | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line) as Message
  } catch {
    try {
      return { ...(readLoosely(line) as object), [LOOSE]: true }
    } catch {
      return undefined
    }
  }
}

const MAX_SHOWN = 200

/** Of what a program printed before it ended, the error and where in its file it was, or else the last line. */
export function lastWords(printed: string, file: string): string {
  const lines = printed.trim().split('\n')
  const error = lines.findLast((line) => /^(Uncaught )?\w*(Error|Exception)\b/.test(line))
  const escaped = file.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const place = new RegExp(`${escaped}(?::|", line )(\\d+)`).exec(printed)
  if (error) return `${error.slice(0, MAX_SHOWN)}${place ? ` (${file}, line ${place[1]})` : ''}`
  const [last = ''] = lines.slice(-1)
  return last === '' ? '' : `its last line of output: ${last.slice(0, MAX_SHOWN)}`
}
