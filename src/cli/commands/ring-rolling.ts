import { ringRolling } from '../../experiment/ring/rolling.js'
import { InputError } from '../../input-error.js'
import { nodeNames } from '../../placement/index.js'
import { names, pairs, wholeNumber } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { keysFrom } from '../options/keys.js'
import {
  checkPoints,
  formatOption,
  hashOption,
  keysOptions,
  placementOptions,
  saltOption,
  unusedOptions,
  vnodesOption,
} from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'
import { note } from '../output/terminal.js'

const MAX_NODES = 1000
const DEFAULT_STEPS = 2

export const { configure, examples, accepts } = command({
  description: 'Adds or removes nodes one at a time and counts the keys that move, beside those of modulo.',
  options: {
    vnodes: vnodesOption,
    hash: hashOption,
    seed: saltOption(),
    format: formatOption,
    ...keysOptions,
    ...placementOptions,
    from: option('<count>', 'nodes at the start', wholeNumber(1, MAX_NODES), 3).first(),
    to: option(
      '<count>',
      `nodes at the end (default: ${DEFAULT_STEPS} more, or the same number with --remove or --replace)`,
      wholeNumber(1, MAX_NODES),
    ).first(),
    remove: option('<names>', 'nodes that leave after these steps, one at a time', names).first(),
    replace: option(
      '<old=new>',
      'replace a node after the steps; may be given several times',
      pairs('old=new, such as node-B=node-X', (name) => name),
    ).first(),
  },
  examples: [
    ['cachelab ring rolling', 'from three nodes to five, one at a time'],
    ['cachelab ring rolling --from 12 --remove node-B,node-F', 'two of twelve nodes leave, by name'],
    ['cachelab ring rolling --replace node-B=node-X', 'one machine replaced by another'],
  ],
  async run(flags, _, { isGiven }) {
    const replace = flags.replace ?? []
    const isNamed = flags.remove !== undefined || replace.length > 0
    const to = flags.to ?? (isNamed ? flags.from : flags.from + DEFAULT_STEPS)
    if (to === flags.from && !isNamed) {
      throw new InputError(`--to must differ from --from, got "${to}" for both`)
    }
    checkPoints({ nodes: nodeNames(Math.max(flags.from, to)), vnodes: flags.vnodes })
    const keys = keysFrom(flags)
    await show(flags.format, 'placing keys', (progress) =>
      ringRolling(
        {
          ...flags,
          keys,
          nodes: nodeNames(flags.from),
          to,
          replace: replace.map(([leaving, joining]) => ({ leaving, joining })),
        },
        progress,
      ),
    )
    noteBlankLines(keys)
    for (const text of unusedOptions(isGiven, flags.placement)) note(text)
  },
})
