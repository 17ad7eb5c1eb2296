import { RedisError } from './reply.js'

const POLICIES = [
  ...['noeviction', 'allkeys-lru', 'allkeys-lfu', 'allkeys-random'],
  ...['volatile-lru', 'volatile-lfu', 'volatile-random', 'volatile-ttl'],
]

/** The settings that CONFIG SET changes and that have an effect here. */
export class Settings {
  /** Bytes; 0 for no limit. */
  maxmemory = 0
  policy = 'noeviction'
  samples = 5
  lfuLogFactor = 10
  lfuDecayTime = 1
  /** Bytes of the longest string. */
  longestString = 512 << 20

  /** Whether the policy counts uses. */
  get isCounting(): boolean {
    return this.policy.endsWith('lfu')
  }

  constructor(readonly databases: number) {}
}

interface Parameter {
  get(settings: Settings): string
  /** Sets it, or returns what is wrong with the value; missing for a setting that can't be changed. */
  set?(settings: Settings, value: string): string | undefined
}

const whole = (
  field: 'samples' | 'lfuLogFactor' | 'lfuDecayTime',
  least: number,
  most: number,
): Parameter => ({
  get: (settings) => String(settings[field]),
  set: (settings, text) => {
    if (!/^-?\d+$/.test(text)) return "argument couldn't be parsed into an integer"
    const value = Number(text)
    if (value < least || value > most) return `argument must be between ${least} and ${most} inclusive`
    settings[field] = value
    return undefined
  },
})

const fixed = (value: string): Parameter => ({ get: () => value })

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1000,
  kb: 1024,
  m: 1e6,
  mb: 1024 ** 2,
  g: 1e9,
  gb: 1024 ** 3,
}

export const parameters: Readonly<Record<string, Parameter>> = {
  appendonly: fixed('no'),
  databases: { get: ({ databases }) => String(databases) },
  'hash-max-listpack-entries': fixed('512'),
  'hash-max-listpack-value': fixed('64'),
  'lfu-decay-time': whole('lfuDecayTime', 0, 2 ** 31 - 1),
  'lfu-log-factor': whole('lfuLogFactor', 0, 2 ** 31 - 1),
  maxmemory: {
    get: ({ maxmemory }) => String(maxmemory),
    set: (settings, text) => {
      const match = /^(\d+)([a-z]*)$/i.exec(text)
      const unit = UNITS[match?.[2].toLowerCase() ?? '?']
      if (!match || unit === undefined) return 'argument must be a memory value'
      settings.maxmemory = Number(match[1]) * unit
      return undefined
    },
  },
  'maxmemory-policy': {
    get: ({ policy }) => policy,
    set: (settings, text) => {
      if (!POLICIES.includes(text.toLowerCase())) return `argument(s) must be one of the following: ${LISTED}`
      settings.policy = text.toLowerCase()
      return undefined
    },
  },
  'maxmemory-samples': whole('samples', 1, 2 ** 31 - 1),
  save: fixed(''),
  'set-max-intset-entries': fixed('512'),
  'zset-max-listpack-entries': fixed('128'),
  'zset-max-listpack-value': fixed('64'),
}

/** In the order in which Redis names them. */
const LISTED = [
  ...['volatile-lru', 'volatile-lfu', 'volatile-random', 'volatile-ttl'],
  ...['allkeys-lru', 'allkeys-lfu', 'allkeys-random', 'noeviction'],
].join(', ')

/** CONFIG SET: all of it or nothing. */
export function changeSettings(settings: Settings, pairs: readonly string[]): void {
  const before = { ...settings }
  const seen = new Set<string>()
  for (let i = 0; i < pairs.length; i += 2) {
    const name = pairs[i].toLowerCase()
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (!parameter)
      throw new RedisError(`ERR Unknown option or number of arguments for CONFIG SET - '${pairs[i]}'`)
    const wrong = seen.has(name)
      ? 'duplicate parameter'
      : parameter.set
        ? parameter.set(settings, pairs[i + 1])
        : "can't set immutable config"
    seen.add(name)
    if (wrong === undefined) continue
    Object.assign(settings, before)
    throw new RedisError(`ERR CONFIG SET failed (possibly related to argument '${pairs[i]}') - ${wrong}`)
  }
}
