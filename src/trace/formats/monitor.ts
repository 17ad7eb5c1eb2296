import { operations } from '../batch.js'
import { quoted, shortened, textOf } from '../text/bytes.js'
import type { Fields } from '../text/fields.js'
import { plural } from '../text/rows.js'
import { fixedFormat, LogTimes } from './fixed.js'
import commands from './redis-commands.json' with { type: 'json' }

interface Command {
  readonly operation: number
  /** Which argument is the key; 0 for none. */
  readonly key: number
}

const known = new Map<string, Command>()
const learn = (names: string, operation: number, key: number) => {
  for (const name of names.split(' ')) known.set(name, { operation, key })
}
learn(commands.read, operations.read, 1)
learn(commands.write, operations.write, 1)
learn(commands.delete, operations.delete, 1)
learn(commands.second.read, operations.read, 2)
learn(commands.second.write, operations.write, 2)
learn(commands.none, operations.read, 0)

/** Units of a lifetime by the word before it, in seconds. */
const LIFETIMES: Record<string, number> = { ex: 1, px: 0.001 }
const MAX_UNKNOWN = 5

/** The client is an address, [an IPv6 address]:port, unix:path or lua. */
const COMMAND = /^\d+\.\d+ \[\d+ .+?\] "/
const COMMAND_OR_OK = new RegExp(`${COMMAND.source}|^OK$`)

/**
 * What Redis's MONITOR prints: time, [database client], and the command in quotes with escapes. The key is the first
 * one of the command; SET … EX, SETEX and the like give a TTL. Keys of
 * databases other than 0 have its number before them.
 */
export const monitor = fixedFormat({
  name: 'monitor',
  shape: COMMAND,
  recognizes: (head) => head.hasShape(COMMAND_OR_OK) && head.count(COMMAND) > 0,
  open: () => {
    const times = new LogTimes()
    const unknown = new Map<string, number>()
    let keyless = 0
    /** The first key that isn't of database 0. */
    let others: string | undefined
    return {
      delimiter: 'none',
      isAny: true,
      understood: 'commands as Redis’s MONITOR prints them; keys are their first keys',
      has: { times: true, ttls: true, operations: true },
      row(fields, out) {
        const line = commandIn(fields)
        if (!line) return
        const { database, name, args } = line
        const command = known.get(name.toLowerCase())
        if (!command) unknown.set(name, (unknown.get(name) ?? 0) + 1)
        const key = command && command.key > 0 ? args[command.key - 1] : undefined
        if (command && key === undefined) keyless++
        if (!command || key === undefined) return
        out.operation = command.operation
        out.ttl = lifetime(name.toLowerCase(), args)
        if (out.facts.times) times.set(out, Number(fields.text(0).split(' ', 1)[0]))
        const bytes = Buffer.from(database === '0' ? key : `${database}:${key}`, 'latin1')
        if (database !== '0') others ??= textOf(bytes)
        out.key(bytes, 0, bytes.length)
      },
      found: () => [
        ...(others === undefined
          ? []
          : [`keys of databases other than 0 have its number before them, such as ${quoted(others)}`]),
        ...(keyless > 0 ? [`${plural(keyless, 'command')} without a key left out`] : []),
        ...(unknown.size > 0 ? [unknownCommands(unknown)] : []),
        ...times.found(),
      ],
    }
  },
})

function unknownCommands(unknown: ReadonlyMap<string, number>): string {
  const count = [...unknown.values()].reduce((sum, one) => sum + one, 0)
  const names = [...unknown.keys()].slice(0, MAX_UNKNOWN).map(shortened).join(', ')
  return `${plural(count, 'command')} that ${count === 1 ? 'is' : 'are'} not known left out: ${names}${unknown.size > MAX_UNKNOWN ? ', …' : ''}`
}

/** A command, a byte a character; undefined for the `OK` before the first. */
function commandIn(fields: Fields): { database: string; name: string; args: string[] } | undefined {
  const { bytes, starts, ends } = fields
  const line = Buffer.from(bytes.buffer, bytes.byteOffset + starts[0], ends[0] - starts[0]).toString('latin1')
  const [, database, rest] = /^\d+\.\d+ \[(\d+) .+?\] (".*)$/.exec(line) ?? []
  if (database === undefined) {
    if (line === 'OK') return undefined
    throw fields.error('not a line of MONITOR: no time [database client] "command"')
  }
  if (!/^("(?:[^"\\]|\\.)*" ?)+$/.test(rest)) throw fields.error('a quote is not closed')
  const [name, ...args] = [...rest.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word]) => unescaped(word))
  return { database, name, args }
}

const signs: Record<string, string> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b' }

const unescaped = (word: string): string =>
  word.includes('\\')
    ? word.replace(/\\(?:x([\da-f]{2})|(.))/gi, (_, hex, sign) =>
        hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (signs[sign] ?? sign),
      )
    : word

/** The lifetime that a command sets, in seconds; 0 for none. */
function lifetime(name: string, args: readonly string[]): number {
  if (name === 'setex') return seconds(args[1], 1)
  if (name === 'psetex') return seconds(args[1], 0.001)
  if (name !== 'set') return 0
  const at = args.findIndex((word, i) => i > 1 && word.toLowerCase() in LIFETIMES)
  return at < 0 ? 0 : seconds(args[at + 1], LIFETIMES[args[at].toLowerCase()])
}

const seconds = (text: string | undefined, unit: number) =>
  /^\d+$/.test(text ?? '') ? Number(text) * unit : 0
