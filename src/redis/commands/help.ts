import { type Reply, Status } from '../reply.js'
import texts from './help.json' with { type: 'json' }

/** Containers whose HELP there is. */
type Container = keyof typeof texts

/** The reply of `CLIENT HELP` and the like: a line for each subcommand, and what it does. */
export function helpOf(container: Container): Reply {
  const lines = Object.entries<string>(texts[container]).flatMap(([usage, summary]) => [
    usage,
    `    ${summary}`,
  ])
  return [
    `${container.toUpperCase()} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`,
    ...lines,
    'HELP',
    '    Prints this help.',
  ].map((line) => new Status(line))
}
