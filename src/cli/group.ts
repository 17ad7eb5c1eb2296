import { renderListing } from '../report/listing.js'
import { wrap } from '../report/wrap.js'
import { command } from './options/declare.js'
import { outputWidth, write } from './output/terminal.js'
import type { CommandModule } from './route.js'

/** A command that only lists its subcommands. */
export function group(name: string, description: string, examples: CommandModule['examples']): CommandModule {
  return command({
    description,
    usage: '<command> [options]',
    examples,
    run(_flags, _operand, { children }) {
      const commands = children([name])
      const width = outputWidth()
      const list = renderListing(
        commands.map(({ path, summary }) => [`  ${path.join(' ')}`, summary]),
        width,
      )
      const [about, more] = [description, 'Each has --help with examples.'].map((text) =>
        wrap(text, width).join('\n'),
      )
      write(`${about}\n\n${list}\n\n${more}\n`)
    },
  })
}
