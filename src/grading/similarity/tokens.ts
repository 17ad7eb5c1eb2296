import { javascriptTokens } from './javascript.js'
import { pythonTokens } from './python.js'
import type { Token } from './token.js'

/** The tokens of a file by its name's ending; undefined in a language that isn't known, or where it can't be parsed. */
export function tokensOf(file: string, source: string): Token[] | undefined {
  if (file.endsWith('.py')) return pythonTokens(source)
  const [, kind] = /\.[cm]?([jt]s)$/.exec(file) ?? []
  if (!kind) return undefined
  try {
    return javascriptTokens(source, kind === 'ts')
  } catch {
    return undefined
  }
}
