import { spawn } from 'node:child_process'
import { atEnd, notAtEnd } from '../../at-end.js'
import { documents } from '../../docs/index.js'
import { renderDocument } from '../../docs/render.js'
import { matches, searchSections } from '../../docs/search.js'
import { InputError } from '../../input-error.js'
import { blocksOf } from '../../report/blocks.js'
import { renderListing } from '../../report/listing.js'
import { wrap } from '../../report/wrap.js'
import { choice } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { outputPaint, outputWidth, write } from '../output/terminal.js'
import type { Route } from '../route.js'
import { surface } from '../surface.js'

const topics = Object.keys(documents)

export const { configure, examples } = command({
  description: 'Shows the documents, on a terminal in $PAGER or less.',
  operand: option('[topic]', 'which document', choice(topics)),
  options: {
    search: option('<words>', 'find sections and commands that have all of the words'),
  },
  examples: [
    ['cachelab docs', 'which documents there are'],
    ['cachelab docs grading', 'how grades are computed, and how solutions are isolated'],
    ['cachelab docs --search "split brain"', 'the sections and commands about it'],
  ],
  async run({ search }, topic, { routes }) {
    if (search !== undefined) {
      if (topic !== undefined) throw new InputError('--search looks in all documents: leave the topic out')
      return page(await found(search, routes))
    }
    if (topic === undefined) return write(list())
    await page(renderDocument(documents[topic], { width: outputWidth(), paint: await outputPaint() }))
  },
})

function list(): string {
  const rows = topics.map((topic) => {
    const about = blocksOf(documents[topic]).find((block) => block.kind === 'prose')
    return [`  docs ${topic}`, about?.text ?? ''] as const
  })
  const list = renderListing(rows, outputWidth())
  const search = wrap('cachelab docs --search WORDS finds sections and commands.', outputWidth()).join('\n')
  return `The documents.\n\n${list}\n\n${search}\n`
}

/** The results of a search, each with the command that shows it. Throws InputError if there are none. */
async function found(words: string, routes: readonly Route[]): Promise<string> {
  const paint = await outputPaint()
  const commands = routes.filter(
    ({ path, summary, hidden }) => !hidden && matches(`${path.join(' ')} ${summary}`, words),
  )
  const entries = [
    ...commands.map(({ path, summary }) => ({ command: `cachelab ${path.join(' ')}`, texts: [summary] })),
    ...searchSections(words).map(({ command, heading, excerpt }) => ({
      command,
      texts: excerpt === undefined ? [heading] : [heading, excerpt],
    })),
  ]
  if (entries.length === 0)
    throw new InputError(`--search: no section and no command has all words of ${JSON.stringify(words)}`)
  return entries
    .map(({ command, texts }) => {
      const lines = texts.flatMap((text) => wrap(text, outputWidth() - 4)).map((line) => `    ${line}\n`)
      return `${paint.bold(command)}\n${lines.join('')}`
    })
    .join('')
}

/** Shows a text in the pager on a terminal, else writes it. */
async function page(text: string): Promise<void> {
  const [pager, ...options] = (surface().env.PAGER ?? 'less').split(' ')
  const isPaged = surface().columns !== undefined && pager !== '' && surface().env.TERM !== 'dumb'
  if (!isPaged || !(await canPage(text, pager, options))) write(text)
}

/** Runs the pager until it is closed, or a signal ends both; false if there is no such program. Ctrl-C is the pager's. */
async function canPage(text: string, pager: string, options: readonly string[]): Promise<boolean> {
  process.removeAllListeners('SIGINT').on('SIGINT', () => {})
  const child = spawn(pager, options, {
    stdio: ['pipe', 'inherit', 'inherit'],
    // Colours as they are; no pager for what fits on the screen.
    env: { LESS: 'FRX', ...surface().env },
  })
  const ended = new Promise<boolean>((resolve) => {
    child.on('error', () => resolve(false)).on('close', () => resolve(true))
  })
  const end = () => {
    child.kill()
    return ended
  }
  atEnd(end)
  // It may be closed before it has read everything.
  child.stdin.on('error', () => {}).end(text)
  const isShown = await ended
  notAtEnd(end)
  return isShown
}
