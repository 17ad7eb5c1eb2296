import { Argument, type Command, Option } from 'commander'
import { type PresetName, presetNames, presets } from '../../experiment/sentinel/presets.js'
import { showPreset } from '../../experiment/sentinel/show.js'
import type { FormatName } from '../../report/index.js'
import { choice, wholeNumber } from '../options/arguments.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'
import { write } from '../output/terminal.js'

interface Flags {
  seed: number
  format: FormatName
}

export const examples = [
  ['cachelab sentinel show', 'which cases there are'],
  ['cachelab sentinel show quorum-1', 'the quorum does not elect'],
  ['cachelab sentinel show stale-replica --format json', 'for a program'],
] as const

export function configure(command: Command): Command {
  return formatOption(command)
    .addArgument(
      new Argument('[case]', 'what goes wrong; without one, they are listed')
        .choices(presetNames)
        .argParser(choice('the case', presetNames)),
    )
    .description('Runs a case in which sentinels do other than one might think, and what would have helped.')
    .addOption(
      new Option('--seed <number>', 'seed of times and requests')
        .default(1)
        .argParser(wholeNumber('--seed', 0, Number.MAX_SAFE_INTEGER)),
    )
    .action(run)
}

async function run(name: PresetName | undefined, { seed, format }: Flags): Promise<void> {
  if (name === undefined) {
    write(presetNames.map((one) => `${one.padEnd(14)} ${presets[one].title}\n`).join(''))
    return
  }
  await show(format, 'running', (progress) => showPreset(name, seed, progress))
}
