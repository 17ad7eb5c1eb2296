import { type Command, makeCommand } from '../command.js'
import { type Reply, Status } from '../reply.js'

/** The reply of CLIENT HELP and the like, from the arguments of each subcommand and what it does. */
export function helpOf(
  container: string,
  subcommands: readonly (readonly [usage: string, summary: string])[],
): Reply {
  return [
    `${container.toUpperCase()} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`,
    ...subcommands.flatMap(([usage, summary]) => [usage, `    ${summary}`]),
    'HELP',
    '    Prints this help.',
  ].map((line) => new Status(line))
}

/** The command HELP of a container. */
export function helpCommand(container: string, subcommands: readonly Command[]): Command {
  const lines = subcommands.map(({ name, usage, summary }) => {
    const word = name.slice(container.length + 1).toUpperCase()
    return [`${word} ${usage}`.trim(), `${summary[0].toUpperCase()}${summary.slice(1)}.`] as const
  })
  const summary = `shows the subcommands of ${container.toUpperCase()}`
  const words = { complexity: 'O(1)', usage: '', summary }
  return makeCommand(`${container}|help`, subcommands[0].group, words, () => helpOf(container, lines))
}
