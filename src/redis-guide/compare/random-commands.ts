import { createRandom, type Random } from '../../random/random.js'
import type { Command, Group } from '../../redis/command.js'
import { commands } from '../../redis/table.js'
import { type Part, parseUsage } from '../usage.js'

/**
 * Commands that can't be compared: they depend on chance, on the connection, on the clock, on other databases, or on how
 * values lie in memory.
 */
const LEFT_OUT = new Set([
  ...'randomkey spop srandmember hrandfield zrandmember scan sscan hscan zscan'.split(' '),
  ...'dump restore pfdebug pfselftest wait object|help'.split(' '),
  ...'move swapdb flushall object|freq object|idletime object|refcount expiretime pexpiretime'.split(' '),
])
const GROUPS: readonly Group[] = [
  ...(['string', 'bitmap', 'hash', 'list', 'set', 'sorted-set', 'hyperloglog', 'generic'] as const),
  'transactions',
]

/** Names of keys: few, so that commands share them. A family uses its own, and sometimes those of others. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  string: ['s1', 's2', 's3', 'n1', 'n2'],
  bitmap: ['s1', 's2', 'b1', 'b2'],
  hash: ['h1', 'h2'],
  list: ['l1', 'l2', 'l3'],
  set: ['u1', 'u2', 'u3'],
  'sorted-set': ['z1', 'z2', 'z3'],
  hyperloglog: ['p1', 'p2'],
}
/** Other families don't use the keys of HyperLogLogs, whose bytes may differ between implementations. */
const ALL_KEYS = [...new Set(Object.values(KEYS).flat()), 'none'].filter((key) => !key.startsWith('p'))
const EQUAL_SCORES = ['x1', 'x2']
const KEY_NAMES = /^(key\d?|newkey|source|destination|destkey|sourcekey|src|dst)$/
const MEMBERS = ['a', 'b', 'c', 'd', 'e', 'aa', 'ab', '1', '2', '10', '-3', '3.5', '', 'a b', '\xe9', '\x00']
const INTEGERS = ['0', '1', '-1', '2', '3', '-2', '-3', '5', '10', '-10', '100']
const FLOATS = '0 1 -1 0.1 0.2 1.5 -2.5 3 1e3 1e20 3.14159 inf -inf +5 .5'.split(' ')
const TEXTS = [
  '',
  'hello world',
  ' 1',
  'x'.repeat(50),
  ...'x hello 10 -7 3.0 9223372036854775807 1e2'.split(' '),
]
const JUNK = ['abc', '', '1.5', '-1', '0', '99999999999999999999', 'nan', 'NX', 'GET', '(1', '[a', '*']

/** Random commands of all families: most are valid, some are wrong. */
export class RandomCommands {
  private readonly random: Random
  private readonly chosen: readonly Command[]
  /** The `numkeys` of the command that is being built. */
  private numkeys = 0
  private readonly grammars = new Map<Command, readonly Part[]>()

  constructor(
    seed: number,
    /** The number of the one that is compared. */
    private readonly database = '0',
  ) {
    this.random = createRandom(seed, 'random commands')
    this.chosen = [...commands.values()].filter(
      ({ group, name, flags }) =>
        GROUPS.includes(group) &&
        !LEFT_OUT.has(name) &&
        !(flags.includes('blocking') && name.includes('mpop')),
    )
  }

  next(): string[] {
    const { random } = this
    const command = this.pick(this.chosen)
    // Transactions and blocking commands are rare, as they hide the replies of others.
    if ((command.group === 'transactions' || command.flags.includes('blocking')) && random.next() < 0.7)
      return this.next()
    this.numkeys = 0
    const grammar = this.grammars.get(command) ?? parseUsage(command.usage)
    this.grammars.set(command, grammar)
    const words = [...command.name.toUpperCase().split('|'), ...this.draw(command, grammar, [])]
    if (/lex$|LEX/.test(`${command.name} ${words.join(' ')}`)) this.useEqualScores(words)
    else if (command.name === 'zadd' && random.next() < 0.15) return this.equalScores()
    return command.group !== 'hyperloglog' && random.next() < 0.06 ? this.spoiled(words) : words
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.random.below(list.length)]
  }

  private draw(command: Command, parts: readonly Part[], words: string[]): string[] {
    for (const part of parts) {
      if (part.kind === 'word') words.push(part.text)
      else if (part.kind === 'value') words.push(...this.value(command, part.name, words.at(-1)))
      else if (part.kind === 'choice') this.draw(command, [this.pick(part.parts)], words)
      else if (part.kind === 'sequence') this.draw(command, part.parts, words)
      else if (part.kind === 'optional') {
        if (this.random.next() < 0.35) this.draw(command, part.parts, words)
      } else this.repeat(command, part.parts, words)
    }
    return words
  }

  private repeat(command: Command, parts: readonly Part[], words: string[]): void {
    const [first] = parts
    // The announced number of keys or weights is complete.
    if (this.numkeys > 0 && first.kind === 'value' && /^(key|weight)$/.test(first.name)) return
    for (let i = this.random.below(3); i > 0; i--) this.draw(command, parts, words)
  }

  private value(command: Command, name: string, before?: string): string[] {
    if (name === 'numkeys') {
      this.numkeys = 1 + this.random.below(3)
      return [String(this.numkeys)]
    }
    if (name === 'key' && this.numkeys > 0) return this.many(() => this.key(command))
    if (name === 'pattern' && before === 'GET') return [this.pick(['#', '*', 'w_*', 'h*->a'])]
    if (name === 'weight') return this.many(() => this.pick(FLOATS))
    return [KEY_NAMES.test(name) ? this.key(command) : this.plainValue(command, name)]
  }

  private many(draw: () => string, length = this.numkeys): string[] {
    return Array.from({ length }, draw)
  }

  private key({ group }: Command): string {
    const own = KEYS[group]
    return own && (group === 'hyperloglog' || this.random.next() < 0.9) ? this.pick(own) : this.pick(ALL_KEYS)
  }

  private plainValue({ name: command }: Command, name: string): string {
    switch (name) {
      case 'field':
      case 'member':
      case 'element':
      case 'pivot':
        return this.pick(MEMBERS)
      case 'value':
        return command === 'setbit' ? this.pick(['0', '1']) : this.pick([...TEXTS, ...INTEGERS])
      case 'bit':
        return this.pick(['0', '1'])
      case 'score':
        return this.pick(FLOATS)
      case 'increment':
        return this.pick(/float|zincrby/.test(command) ? FLOATS : INTEGERS)
      case 'min':
      case 'max':
        return this.bound(command)
      case 'pattern':
        return command.startsWith('sort')
          ? this.pick(['*', 'w_*', 'h*->a'])
          : this.pick(['*', 's*', '?1', '[hl]*'])
      case 'operation':
        return this.pick(['AND', 'OR', 'XOR', 'NOT'])
      case 'encoding':
        return this.pick(['u8', 'i8', 'u4', 'i16', 'u1', 'i64', 'u63', 'i5'])
      case 'timeout':
        return '0.001'
      case 'offset':
        return this.pick([...INTEGERS, '7', '8', '20'])
      case 'seconds':
        return String(1000 + this.random.below(1e6))
      case 'milliseconds':
        return String(1e6 + this.random.below(1e9))
      case 'unix-time-seconds':
        return this.pick(['4000000000', '5000000000'])
      case 'unix-time-milliseconds':
        return this.pick(['4000000000000', '5000000000000'])
      case 'destination-db':
        return this.database
      default:
        return this.pick(INTEGERS)
    }
  }

  private bound(command: string): string {
    if (/lex/.test(command)) return this.pick(['-', '+', '[a', '(a', '[b', '(c', '[aa', '(d'])
    if (/score|count/.test(command)) return this.pick([...INTEGERS, '-inf', '+inf', '(1', '(0.5', '3'])
    return this.pick([...INTEGERS, ...INTEGERS, '[a', '(1', '-inf', '+inf', '-', '+'])
  }

  /** A range of names needs equal scores, so such sets have their own keys. */
  private useEqualScores(words: string[]): void {
    words[words[0] === 'ZRANGESTORE' ? 2 : 1] = this.pick(EQUAL_SCORES)
  }

  private equalScores(): string[] {
    return [
      'ZADD',
      this.pick(EQUAL_SCORES),
      ...this.many(() => '', 3).flatMap(() => ['0', this.pick(MEMBERS)]),
    ]
  }

  /** A command, sometimes with an error in it. */
  private spoiled(words: readonly string[]): string[] {
    const at = 1 + this.random.below(words.length)
    const kind = this.random.below(3)
    if (kind === 0) return words.slice(0, at)
    return words.toSpliced(at, kind === 1 ? 0 : 1, this.pick(JUNK))
  }
}
