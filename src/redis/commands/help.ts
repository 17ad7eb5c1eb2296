import { type Command, makeCommand, type Run } from '../command.js'
import { type Reply, Status } from '../reply.js'
import { onlyInCluster } from './cluster.js'

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
  const { group } = subcommands[0]
  const show: Run = () => helpOf(container, lines)
  return makeCommand(`${container}|help`, group, words, group === 'cluster' ? onlyInCluster(show) : show)
}
