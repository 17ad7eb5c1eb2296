import { type Command, Option } from 'commander'
import { chooseServer, type Need, needNames, needs } from '../../experiment/memcached/choose.js'
import type { FormatName } from '../../report/index.js'
import { choices } from '../options/arguments.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

interface Flags {
  needs: Need[]
  format: FormatName
}

export const examples = [
  ['cachelab memcached choose --needs simple,throughput', 'a simple cache under heavy load'],
  ['cachelab memcached choose --needs sessions,throughput', 'sessions under heavy load'],
  ['cachelab memcached choose', 'nothing said'],
] as const

export function configure(command: Command): Command {
  const list = needNames.map((name) => `${name} (${needs[name].what})`).join(', ')
  return formatOption(command)
    .description(`Chooses by the lesson’s criteria. Needs are: ${list}.`)
    .addOption(
      new Option('--needs <names>', 'what the service needs, between commas')
        .default([], 'nothing')
        .argParser(choices('--needs', needNames)),
    )
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  await show(flags.format, 'choosing', () => chooseServer(flags.needs))
}
