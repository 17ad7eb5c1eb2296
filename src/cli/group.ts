import type { Command } from 'commander'
import { wrap } from '../report/wrap.js'
import { outputWidth, write } from './output/terminal.js'
import { children } from './routes.js'

/** Makes a command one that only names the commands under it. */
export function configureGroup(command: Command, name: string, description: string): Command {
  return command
    .description(description)
    .usage('<command> [options]')
    .action(() => {
      const commands = children([name])
      const width = Math.max(...commands.map(({ path }) => path.join(' ').length))
      const lines = commands.map(({ path, summary }) => `  ${path.join(' ').padEnd(width)}  ${summary}\n`)
      write(
        `${wrap(description, outputWidth()).join('\n')}\n\n${lines.join('')}\nEach has --help with examples.\n`,
      )
    })
}
