import { hasFailed, kinds } from '../../experiment/own/index.js'
import { InputError } from '../../input-error.js'
import type { OwnKind } from '../../own/index.js'
import { ownKindOf, ownKinds } from '../../own/index.js'
import type { OwnName } from '../../own-name.js'
import { choice, ownFile, suggestion } from '../options/arguments.js'
import { command, flag, option, word } from '../options/declare.js'
import { policyOption } from '../options/eviction.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'
import { fail } from '../surface.js'

interface Flags {
  readonly kind?: OwnKind
  readonly like?: string
}

/** What a file brings: as --kind says, as --like does, or as its export tells. */
async function kindOf({ kind, like }: Flags, name: OwnName): Promise<OwnKind> {
  const names = ownKinds.flatMap((each) => kinds[each].names)
  if (like !== undefined && !(kind ? kinds[kind].names : names).includes(like))
    throw new InputError(
      `--like must be a ${kind ?? 'name'} of ours, got ${JSON.stringify(like)}${suggestion(like, kind ? kinds[kind].names : names)}`,
    )
  const meant = ownKinds.filter((each) => like !== undefined && kinds[each].names.includes(like))
  return kind ?? (meant.length === 1 ? meant[0] : ownKindOf(name))
}

export const { configure, examples, accepts } = command({
  description:
    'Checks a policy, placement, hash or workload of your own on seeded cases, and shows the shortest case that fails. It runs the file with your rights. Exit code 1: a check fails.',
  operand: word('<file>', 'the file, such as ./mine.ts or ./mine.ts#Name', ownFile()),
  called: 'the file',
  options: {
    kind: option('<name>', 'what the file brings, where its export doesn’t tell', choice(ownKinds)).first(),
    like: option('<name>', 'one of ours that it should be, such as lru, ring, md5 or zipf').first(),
    consistent: flag('placements: fail where keys move between nodes that stay'),
    policyOption,
    format: formatOption,
    time: flag('policies and hashes: measure speed too; it differs from run to run'),
  },
  examples: [
    ['cachelab try test/fixtures/own/lru.js --kind policy', 'the checks of a policy'],
    ['cachelab try test/fixtures/own/lru.js --like lru', 'the same, and each request beside LRU'],
    ['cachelab try test/fixtures/own/ring.js --consistent', 'a placement that has to be a consistent hash'],
  ],
  again: 'trusted',
  kindOf,
  async run(flags, name) {
    const kind = await kindOf(flags, name)
    const { time = false, consistent = false, like } = flags
    if (time && kind !== 'policy' && kind !== 'hash')
      throw new InputError(`--time is for policies and hashes, and ${name} is a ${kind}`)
    if (consistent && kind !== 'placement')
      throw new InputError(`--consistent is for placements, and ${name} is a ${kind}`)
    await show(flags.format, 'checking', () => {
      const report = kinds[kind].conform(name, { like, time, consistent })
      if (hasFailed(report)) fail()
      return report
    })
  },
})
