import type { Random } from '../../../src/random/random.js'
import parameters from '../../../src/redis/parameters.json' with { type: 'json' }
import { isParameterLeftOut } from './left-out.js'
import { pick } from './values.js'

interface Parameter {
  readonly kind: string
  readonly default: string
  readonly of?: readonly string[]
  readonly range?: readonly (number | string)[]
  readonly flag?: string
  readonly alias?: string
}

const usable = Object.entries(parameters as unknown as Readonly<Record<string, Parameter>>).filter(
  ([name, { flag }]) => !isParameterLeftOut(name) && flag !== 'hidden',
)
/** Those that CONFIG SET may change. */
export const changeable: readonly string[] = usable.filter(([, { flag }]) => !flag).map(([name]) => name)

const names = usable.flatMap(([name, { alias }]) => (alias ? [name, alias] : [name]))
const PATTERNS = [
  'hash-*',
  '*-max-*',
  'lfu*',
  'LIST-M*',
  '*ziplist*',
  'nosuch',
  '',
  'zset-max-[lz]*',
  'lazyfree-*',
]
const NUMBERS = [
  '0',
  '1',
  '2',
  '3',
  '5',
  '64',
  '128',
  '-1',
  '-5',
  '-6',
  '2147483647',
  '2147483648',
  '4294967296',
]
const ODD = [
  '',
  'a',
  '1.5',
  ' 1',
  '1 ',
  '01',
  '+1',
  '9223372036854775807',
  '9223372036854775808',
  '-9223372036854775808',
]
const SIZES = [
  '0',
  '10',
  '64',
  '100',
  '1k',
  '1kb',
  '2KB',
  '1mb',
  '1b',
  '1tb',
  '-1',
  '1x',
  'kb',
  '1.5mb',
  '18446744073709551615',
]
const EVENTS = ['', 'KEA', 'K$', 'Elg', 'AKE', 'Kxe', 'Kn', 'Em', 'q', 'KEAnm', 'Kt', 'Khsz']

/** A value for a parameter, now and then one that it can't have. */
function settingFor({ kind, of, range, default: usual }: Parameter, random: Random): string {
  const draw = random.below(8)
  if (draw === 0) return pick(ODD, random)
  if (draw === 1) return usual
  if (kind === 'boolean') return pick(['yes', 'no', 'YES', 'No', 'true', '1'], random)
  if (of) return draw === 2 ? of[0].toUpperCase() : pick(of, random)
  if (kind === 'events') return pick(EVENTS, random)
  if (kind === 'memory') return pick(SIZES, random)
  if (range && draw < 4) return String(pick(range, random))
  return pick(NUMBERS, random)
}

const cased = (name: string, random: Random) => (random.below(6) === 0 ? name.toUpperCase() : name)

/** CONFIG GET and CONFIG SET of what has no effect that differs. */
const NAMES = ['get', 'SET', 'config|get', 'zadd', 'nosuch', 'eval', 'xread', '']
const COMMANDS = [...NAMES, 'h*', 'z[a-d]*', 'nosuch*']

export const configWords: Readonly<Record<string, (random: Random) => string[]>> = {
  'config|get': (random) =>
    Array.from({ length: 1 + (random.below(4) === 0 ? 1 : 0) }, () =>
      random.below(3) === 0 ? pick(PATTERNS, random) : cased(pick(names, random), random),
    ),
  // All commands of the real server aren't there.
  'command|info': (random) => Array.from({ length: 1 + random.below(3) }, () => pick(NAMES, random)),
  'command|list': (random) => [
    'FILTERBY',
    ...(random.below(3) === 0
      ? ['MODULE', pick(['a', ''], random)]
      : [random.below(2) === 0 ? 'pattern' : 'PATTERN', pick(COMMANDS, random)]),
  ],
  'config|set': (random) => {
    const list: string[] = []
    for (let i = random.below(4) === 0 ? random.below(3) : 0; i >= 0; i--) {
      const [name, parameter] = pick(usable, random)
      const called = parameter.alias && random.below(3) === 0 ? parameter.alias : name
      list.push(random.below(20) === 0 ? 'nosuch' : cased(called, random), settingFor(parameter, random))
    }
    return list
  },
}
