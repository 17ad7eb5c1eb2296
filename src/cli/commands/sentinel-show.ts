import { presetNames, presets } from '../../experiment/sentinel/presets.js'
import { showPreset } from '../../experiment/sentinel/show.js'
import { choice } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { formatOption, seedOption } from '../options/ring.js'
import { show } from '../output/show.js'
import { write } from '../output/terminal.js'

export const { configure, examples } = command({
  description: 'Runs a case in which Sentinel does not do what one might expect, and shows the remedy.',
  operand: option('[case]', 'which case; without one, they are listed', choice(presetNames)),
  called: 'the case',
  options: {
    format: formatOption,
    seed: seedOption(),
  },
  examples: [
    ['cachelab sentinel show', 'which cases there are'],
    ['cachelab sentinel show quorum-1', 'the quorum does not elect'],
    ['cachelab sentinel show stale-replica --format json', 'for a program'],
  ],
  async run({ seed, format }, name) {
    if (name === undefined) {
      write(presetNames.map((one) => `${one.padEnd(14)} ${presets[one].title}\n`).join(''))
      return
    }
    await show(format, 'running', (progress) => showPreset(name, seed, progress))
  },
})
