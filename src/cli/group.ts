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
      const width = Math.max(...commands.map(({ path }) => path.join(' ').length))
      const lines = commands.map(({ path, summary }) => `  ${path.join(' ').padEnd(width)}  ${summary}\n`)
      write(
        `${wrap(description, outputWidth()).join('\n')}\n\n${lines.join('')}\nEach has --help with examples.\n`,
      )
    },
  })
}
