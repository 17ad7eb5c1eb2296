import { matchesGlob } from './glob.js'
import { type BufferLimit, parameters, Refused, readParameter, typedValue } from './parameters.js'
import { RedisError } from './reply.js'

/** Names and older names of parameters, with the name that each stands for. */
const names = new Map(
  Object.entries(parameters).flatMap(([name, { alias }]) =>
    alias === undefined
      ? [[name, name]]
      : [
          [name, name],
          [alias, name],
        ],
  ) as [string, string][],
)

const fieldOf = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/**
 * The configuration of a server. Every parameter has a text; those that have an effect here have a field too, named
 * like the parameter. Sizes are in bytes, and 0 stands for no limit.
 */
export class Settings {
  busyReplyThreshold!: number
  clientOutputBufferLimit!: Readonly<Record<'normal' | 'slave' | 'pubsub', BufferLimit>>
  clientQueryBufferLimit!: number
  databases!: number
  hashMaxListpackEntries!: number
  hashMaxListpackValue!: number
  hllSparseMaxBytes!: number
  /** Milliseconds. */
  latencyMonitorThreshold!: number
  latencyTracking!: boolean
  latencyTrackingInfoPercentiles!: readonly number[]
  /** Times a second. */
  hz!: number
  lfuDecayTime!: number
  lfuLogFactor!: number
  listCompressDepth!: number
  listMaxListpackSize!: number
  maxclients!: number
  maxmemory!: number
  maxmemoryPolicy!: string
  maxmemorySamples!: number
  /** Seconds. */
  minReplicasMaxLag!: number
  minReplicasToWrite!: number
  /** Whether writes are refused, since no server has replicas by itself. */
  needsReplicas!: boolean
  /** Bits of EVENT_CLASSES. */
  notifyKeyspaceEvents!: number
  /** The longest string, too. */
  protoMaxBulkLen!: number
  port!: number
  protectedMode!: boolean
  replBacklogSize!: number
  requirepass!: string
  setMaxIntsetEntries!: number
  /** Microseconds; negative for never. */
  slowlogLogSlowerThan!: number
  slowlogMaxLen!: number
  streamNodeMaxBytes!: number
  streamNodeMaxEntries!: number
  /** Seconds. */
  tcpKeepalive!: number
  /** Seconds. */
  timeout!: number
  trackingTableMaxKeys!: number
  zsetMaxListpackEntries!: number
  zsetMaxListpackValue!: number
  /** Whether the policy counts uses. */
  isCounting!: boolean

  private readonly texts = new Map<string, string>()

  constructor(databases: number) {
    for (const [name, parameter] of Object.entries(parameters)) this.assign(name, parameter.default)
    this.assign('databases', String(databases))
  }

  /** Sets a parameter to a text that is right, whether or not CONFIG SET may change it. */
  assign(name: string, text: string): void {
    this.texts.set(name, text)
    const field = fieldOf(name)
    if (field in this) (this as Record<string, unknown>)[field] = typedValue(parameters[name], text)
    this.needsReplicas = this.minReplicasToWrite > 0 && this.minReplicasMaxLag > 0
    this.isCounting = this.maxmemoryPolicy?.endsWith('lfu')
  }

  /** CONFIG GET: the parameters that names or patterns find, each with its text. */
  find(patterns: readonly string[]): Map<string, string> {
    const found = new Map<string, string>()
    const seen = new Set<string>()
    for (const pattern of patterns) {
      const isPattern = /[[*?]/.test(pattern)
      for (const [given, name] of isPattern ? names : [[pattern, names.get(pattern.toLowerCase())]]) {
        if (name === undefined) continue
        if (isPattern && (parameters[name].flag === 'hidden' || !matchesGlob(pattern.toLowerCase(), given!)))
          continue
        if (seen.has(given!.toLowerCase())) continue
        seen.add(given!.toLowerCase())
        found.set(given!, shown(name, this.texts.get(name)!))
      }
    }
    return found
  }

  /** CONFIG SET: all pairs or none. */
  change(pairs: readonly string[]): void {
    const changes = new Map<string, { name: string; text: string; before: string }>()
    for (let i = 0; i < pairs.length; i += 2) {
      const given = pairs[i].toLowerCase()
      const name = changeable(pairs[i], given)
      if (changes.has(given)) throw failed(pairs[i], 'duplicate parameter')
      changes.set(given, { name, text: pairs[i + 1], before: this.texts.get(name)! })
    }
    for (const [given, { name, text }] of changes) {
      try {
        this.assign(name, readParameter(name, text, this.texts.get(name)!))
      } catch (error) {
        for (const change of changes.values()) this.assign(change.name, change.before)
        throw error instanceof Refused ? failed(given, error.reason) : error
      }
    }
  }
}

/** Redis doesn't print that events of new keys are told where those of all others are. */
const shown = (name: string, text: string) =>
  name === 'notify-keyspace-events' ? text.replace(/^An/, 'A') : text

/** The parameter that a name stands for, if CONFIG SET may change it. */
function changeable(given: string, lower: string): string {
  const name = names.get(lower)
  if (name === undefined)
    throw new RedisError(`ERR Unknown option or number of arguments for CONFIG SET - '${given}'`)
  const { flag } = parameters[name]
  if (flag === 'immutable' || flag === 'protected') throw failed(given, `can't set ${flag} config`)
  return name
}

const failed = (given: string, reason: string) =>
  new RedisError(`ERR CONFIG SET failed (possibly related to argument '${given}') - ${reason}`)
