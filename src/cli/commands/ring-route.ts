import { ringRoutes } from '../../experiment/ring/routes.js'
import { InputError } from '../../input-error.js'
import { haproxyHashTypes } from '../../placement/index.js'
import { choice, decimal, pairs, suggestion, wholeNumber } from '../options/arguments.js'
import { command, option, words } from '../options/declare.js'
import { lineKeys } from '../options/keys.js'
import { checkPoints, placementOptions, ringOptions, unusedOptions } from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'
import { note } from '../output/terminal.js'
import { surface } from '../surface.js'

const DEFAULT_REPLICAS = 2
const MAX_ROUTES = 1_000_000
const MAX_WEIGHT = 10_000

export const { configure, examples, accepts } = command({
  description: 'Shows the hash, the virtual node, the owner and the replicas of single keys.',
  operand: words('[key...]', 'keys to look up; without any, the lines of a pipe'),
  options: {
    ...ringOptions(),
    ...placementOptions,
    replicas: option(
      '<count>',
      `copies of a key, the owner’s included (default: ${DEFAULT_REPLICAS})`,
      wholeNumber(1, 100_000),
    ).first(),
    weight: option(
      '<name=weight>',
      'weight of a node on a ring (default: 1); once for each node',
      pairs(
        `name=weight, such as cache1=2, with a weight from 0.01 to ${MAX_WEIGHT}`,
        decimal(0.01, MAX_WEIGHT),
      ),
    ),
    hashType: option(
      '<name>',
      'haproxy: what follows hash-type consistent (default: sdbm-avalanche)',
      choice(haproxyHashTypes),
    ),
    keysFrom: option('<file>', 'keys in a file, one a line; - is standard input'),
  },
  examples: [
    ['cachelab ring route user:1001 session:abc', 'the owner of two keys and the node with the copy'],
    ['cachelab ring route user:1 --placement nginx --nodes a:80,b:80', 'where nginx sends a key'],
    ['printf "user:1\\nuser:2\\n" | cachelab ring route --format csv', 'keys from a pipe, for a spreadsheet'],
  ],
  async run(flags, words, { isGiven }) {
    checkPoints(flags)
    const { nodes } = flags
    if (flags.replicas !== undefined && flags.replicas > nodes.length) {
      throw new InputError(
        `--replicas must be at most the number of nodes, ${nodes.length}, got "${flags.replicas}"`,
      )
    }
    const weights = flags.weight && Object.fromEntries(flags.weight)
    for (const name of Object.keys(weights ?? {}))
      if (!nodes.includes(name))
        throw new InputError(`--weight: there is no node "${name}"${suggestion(name, nodes)}`)
    const keys = await readWords(words, flags.keysFrom)
    const replicas = flags.replicas ?? Math.min(DEFAULT_REPLICAS, nodes.length)
    await show(flags.format, 'looking up keys', () => ringRoutes({ ...flags, weights, keys, replicas }))
    for (const text of unusedOptions(isGiven, flags.placement)) note(text)
  },
})

/** Keys from the command line, else from a file, else from a pipe. */
async function readWords(words: readonly string[], file: string | undefined): Promise<readonly string[]> {
  if (words.some((word) => word === '')) throw new InputError('a key must not be empty, got ""')
  if (words.length > 0 && file !== undefined) throw new InputError('name keys or --keys-from, not both')
  if (words.length > 0) return words
  if (file === undefined && surface().stdin.isTTY)
    throw new InputError('name at least one key, or pipe keys in, one a line')
  const source = lineKeys(file ?? '-')
  const keys: string[] = []
  for await (const key of source.texts()) {
    keys.push(key)
    if (keys.length > MAX_ROUTES)
      throw new InputError(`${source.label} holds more than ${MAX_ROUTES} keys, the limit`)
  }
  if (keys.length === 0) throw new InputError(`${source.label} holds no keys`)
  noteBlankLines(source)
  return keys
}
