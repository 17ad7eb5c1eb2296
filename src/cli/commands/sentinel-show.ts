import { presetNames, presets } from '../../experiment/sentinel/presets.js'
import { showPreset } from '../../experiment/sentinel/show.js'
import { choice } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { formatOption, seedOption } from '../options/ring.js'
import { showNames } from '../output/names.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
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
      const rows = presetNames.map((one) => [one, presets[one].title] as const)
      return showNames(format, 'sentinel show', 'Cases of Sentinel', rows)
    }
    await show(format, 'running', (progress) => showPreset(name, seed, progress))
  },
})
