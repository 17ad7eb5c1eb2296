import type { Client } from '../client.js'
import type { Run } from '../command.js'
import { OK, RedisError, type Reply, syntaxError, Typed } from '../reply.js'
import { TrackingTable } from '../tracking.js'
import { Words } from '../words.js'

interface Options {
  redirect: number
  readonly flags: Set<string>
  readonly prefixes: string[]
}

const FLAGS = new Set(['BCAST', 'OPTIN', 'OPTOUT', 'NOLOOP'])

function optionsIn({ server }: Client, words: Words): Options {
  const options: Options = { redirect: 0, flags: new Set(), prefixes: [] }
  while (words.more) {
    const option = words.option()
    if (option === 'REDIRECT' && words.more) {
      if (options.redirect !== 0)
        throw new RedisError('ERR A client can only redirect to a single other client')
      options.redirect = words.count()
      if (!server.clients.has(options.redirect))
        throw new RedisError('ERR The client ID you want redirect to does not exist')
    } else if (option === 'PREFIX' && words.more) options.prefixes.push(words.next())
    else if (FLAGS.has(option)) options.flags.add(option)
    else throw syntaxError()
  }
  return options
}

/** What forbids tracking with these options; undefined where nothing does. */
function conflictOf({ tracking }: Client, { flags, prefixes }: Options): string | undefined {
  const isBroadcast = flags.has('BCAST')
  if (!isBroadcast && prefixes.length > 0) return 'PREFIX option requires BCAST mode to be enabled'
  if (tracking && (tracking.prefixes !== undefined) !== isBroadcast)
    return "You can't switch BCAST mode on/off before disabling tracking for this client, and then re-enabling it with a different mode."
  if (isBroadcast && (flags.has('OPTIN') || flags.has('OPTOUT')))
    return 'OPTIN and OPTOUT are not compatible with BCAST'
  if (flags.has('OPTIN') && flags.has('OPTOUT')) return "You can't specify both OPTIN mode and OPTOUT mode"
  if (
    (flags.has('OPTIN') && tracking?.mode === 'optout') ||
    (flags.has('OPTOUT') && tracking?.mode === 'optin')
  )
    return "You can't switch OPTIN/OPTOUT mode before disabling tracking for this client, and then re-enabling it with a different mode."
  return isBroadcast ? overlapIn(tracking?.prefixes ?? [], prefixes) : undefined
}

const overlaps = (one: string, other: string) => one.startsWith(other) || other.startsWith(one)

/** The first prefix that overlaps with another one, in words: O(N log N), since sorting brings overlaps together. */
function overlapIn(before: readonly string[], prefixes: readonly string[]): string | undefined {
  const overlapping = new Set<string>()
  let shortest: string | undefined
  for (const prefix of [...before, ...prefixes].sort()) {
    if (shortest !== undefined && prefix.startsWith(shortest)) overlapping.add(shortest).add(prefix)
    else shortest = prefix
  }
  const i = prefixes.findIndex((prefix) => overlapping.has(prefix))
  if (i < 0) return undefined
  const prefix = prefixes[i]
  const isOther = (each: string) => overlaps(each, prefix)
  const old = before.find(isOther)
  const [what, other] =
    old === undefined ? ['another provided', prefixes.slice(i + 1).find(isOther)] : ['an existing', old]
  return `Prefix '${prefix}' overlaps with ${what} prefix '${other}'. Prefixes for a single client must not overlap.`
}

const tracking: Run = (client, argv) => {
  const { server } = client
  const options = optionsIn(client, new Words(argv, 3))
  const { flags, redirect, prefixes } = options
  const mode = argv[2].toUpperCase()
  if (mode === 'OFF') server.tracking?.disable(client)
  else if (mode !== 'ON') throw syntaxError()
  else {
    const conflict = conflictOf(client, options)
    if (conflict !== undefined) throw new RedisError(`ERR ${conflict}`)
    server.tracking ??= new TrackingTable(server)
    server.tracking.enable(client, {
      redirect,
      prefixes: flags.has('BCAST') ? (prefixes.length > 0 ? prefixes : ['']) : undefined,
      mode: flags.has('OPTIN') ? 'optin' : flags.has('OPTOUT') ? 'optout' : undefined,
      noLoop: flags.has('NOLOOP'),
    })
  }
  return OK
}

const caching: Run = ({ tracking }, argv) => {
  if (!tracking)
    throw new RedisError(
      'ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode enabled',
    )
  const answer = argv[2].toUpperCase()
  if (answer !== 'YES' && answer !== 'NO') throw syntaxError()
  const mode = answer === 'YES' ? 'OPTIN' : 'OPTOUT'
  if (tracking.mode !== mode.toLowerCase())
    throw new RedisError(
      `ERR CLIENT CACHING ${answer} is only valid when tracking is enabled in ${mode} mode.`,
    )
  tracking.isCaching = true
  return OK
}

function trackingFlags({ tracking }: Client): string[] {
  if (!tracking) return ['off']
  const { mode, isCaching } = tracking
  const flags = ['on']
  if (tracking.prefixes) flags.push('bcast')
  if (mode) flags.push(mode)
  if (mode && isCaching) flags.push(mode === 'optin' ? 'caching-yes' : 'caching-no')
  if (tracking.noLoop) flags.push('noloop')
  if (tracking.isBroken) flags.push('broken_redirect')
  return flags
}

const trackingInfo: Run = (client) => {
  const { tracking } = client
  const facts: Reply[] = ['flags', new Typed('set', trackingFlags(client))]
  return new Typed('map', [
    ...facts,
    ...['redirect', tracking?.redirect ?? -1, 'prefixes', tracking?.prefixes ?? []],
  ])
}

export const trackingCommands = {
  'client|tracking': tracking,
  'client|caching': caching,
  'client|trackinginfo': trackingInfo,
  'client|getredir': ({ tracking }) => tracking?.redirect ?? -1,
} satisfies Record<string, Run>
