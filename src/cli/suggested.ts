import { findable } from './findable.js'
import { createProgram } from './program.js'
import { children, routes } from './routes.js'

const MAX_SUGGESTIONS = 3
const SUGGESTED: readonly string[] = ['command', 'example', 'walkthrough', 'exercise']

/** What to type instead of words that are no command: the commands that a search finds, or how to look for them. */
export async function suggested(words: string): Promise<string> {
  const [{ searcher }, { texts }] = await Promise.all([
    import('../find/search.js'),
    import('../find/texts.js'),
  ])
  const entries = [...(await findable({ routes, children, createProgram })), ...texts()]
  const suitable = entries.filter(({ kind }) => SUGGESTED.includes(kind))
  const { found, isWhole } = searcher(suitable)(words)
  const commands = isWhole ? found.slice(0, MAX_SUGGESTIONS).map(({ command }) => command) : []
  return commands.length > 0
    ? `try ${commands.join(', ')}`
    : 'cachelab find looks for words, and cachelab --help lists the commands'
}
