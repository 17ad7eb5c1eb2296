import { RedisError } from '../reply.js'
import { splitWords } from '../split.js'

const FLAGS = ['no-writes', 'allow-oom', 'allow-stale', 'no-cluster', 'allow-cross-slot-keys'] as const

/** What a script says of itself in its first line; undefined for a script without such a line. */
export type ScriptFlags = ReadonlySet<(typeof FLAGS)[number]> | undefined

/** Reads the line `#!lua flags=…` that a script may begin with. Throws for a wrong one. */
export function readShebang(source: string): { flags: ScriptFlags; length: number } {
  if (!source.startsWith('#!')) return { flags: undefined, length: 0 }
  const length = source.split('\0', 1)[0].indexOf('\n')
  if (length < 0) throw new RedisError('ERR Invalid script shebang')
  const words = splitWords(source.slice(0, length))
  if (!words || words.length === 0) throw new RedisError('ERR Invalid engine in script shebang')
  const [engine, ...options] = words
  if (engine !== '#!lua') throw new RedisError(`ERR Unexpected engine in script shebang: ${engine}`)
  const flags = new Set<string>()
  for (const option of options) {
    if (!option.startsWith('flags=')) throw new RedisError(`ERR Unknown lua shebang option: ${option}`)
    const names = option.slice('flags='.length)
    for (const name of names === '' ? [] : names.split(',')) {
      if (!FLAGS.some((flag) => flag === name))
        throw new RedisError(`ERR Unexpected flag in script shebang: ${name}`)
      flags.add(name)
    }
  }
  return { flags: flags as unknown as ScriptFlags, length }
}
