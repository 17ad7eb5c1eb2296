import type { Random } from '../../../src/random/random.js'
import type { CommandLine } from '../program.js'
import { type KnownCommand, type KnownOption, knownCommands } from './known.js'
import { writing } from './left-out.js'
import { absurd, chance, input, pick, valid } from './values.js'

let commands: KnownCommand[] = []

export async function loadCommands(): Promise<void> {
  commands = await knownCommands()
}

/** Commands that take half a second and more at their smallest: they are drawn less often. */
const DEAR: ReadonlySet<string> = new Set([
  'cluster add-node',
  'cluster compare',
  'cluster verify',
  'memcached calcify',
  'redis complexity',
  'replicate check',
  'ring hashes',
  'ring min-vnodes',
  'sentinel show',
  'walk',
])

/** A command line that is nearly right, so that it comes far. */
export function generate(random: Random): CommandLine {
  const drawnFirst = pick(random, commands)
  const command = DEAR.has(drawnFirst.name) && chance(random, 0.92) ? pick(random, commands) : drawnFirst
  const path = command.name.split(' ').map((word) => (chance(random, 0.02) ? misspelled(random, word) : word))
  const rest = chance(random, 0.3)
    ? varied(random, pick(random, command.examples) ?? [])
    : drawn(random, command)
  const words = [...path, ...economical(random, command, rest)]
  if (chance(random, 0.15))
    words.splice(random.below(words.length + 1), 0, pick(random, [absurd(random), '--']))
  return {
    words: writing.has(command.name) || words.includes('--resume') ? words.map(confined) : words,
    stdin: chance(random, 0.6) ? '' : input(random),
    env: environment(random),
    ...(chance(random, 0.4) ? { columns: 20 + random.below(181) } : {}),
  }
}

/** An example with some of its words changed. */
function varied(random: Random, example: readonly string[]): string[] {
  return example.map((word) => {
    if (chance(random, 0.8)) return word
    return word.startsWith('--') ? misspelled(random, word) : given(random, [word])
  })
}

/** Options and operands of a command, and now and then of another. */
function drawn(random: Random, command: KnownCommand): string[] {
  const operands = command.operands.flatMap((samples) =>
    chance(random, 0.8) ? [given(random, samples)] : [],
  )
  const options = Array.from({ length: random.below(5) }, () => {
    const { options } = chance(random, 0.03) ? pick(random, commands) : command
    return options.length > 0 ? written(random, pick(random, options)) : []
  }).flat()
  const twice = chance(random, 0.05) ? options.slice(0, 2) : []
  return chance(random, 0.5) ? [...operands, ...options, ...twice] : [...options, ...twice, ...operands]
}

/** Mostly a value of the kind that is expected. */
function given(random: Random, samples: readonly string[]): string {
  return samples.length > 0 && chance(random, 0.85) ? valid(random, samples) : absurd(random)
}

function written(random: Random, { flag, value, samples }: KnownOption): string[] {
  if (value === 'none') return chance(random, 0.03) ? [`${flag}=${absurd(random)}`] : [flag]
  if (chance(random, value === 'optional' ? 0.3 : 0.02)) return [flag]
  const text = given(random, samples)
  return chance(random, 0.2) ? [`${flag}=${text}`] : [flag, text]
}

/** Sizes that make a run short, for those of a command's options that aren't given. */
const SMALL: Readonly<Record<string, readonly string[]>> = {
  '--keys': ['1', '2', '10', '100'],
  '--requests': ['1', '2', '10', '200'],
  '--runs': ['1', '2', '3'],
  '--phase': ['1s', '2s'],
  '--samples': ['1', '10'],
  '--schedules': ['1', '2', '5'],
  '--crashes': ['1', '2'],
  '--duration': ['1ms', '100ms', '1s'],
  '--rate': ['1', '10'],
  '--items': ['1', '10', '100'],
  '--vnodes': ['1', '2', '10'],
}

/** Nearly always with small sizes: a run at its defaults may take a second, and ten thousand have two minutes. */
function economical(random: Random, { options }: KnownCommand, words: readonly string[]): string[] {
  if (chance(random, 0.02)) return [...words]
  const added = options.flatMap(({ flag }) =>
    Object.hasOwn(SMALL, flag) && !words.some((word) => word.startsWith(flag))
      ? [flag, pick(random, SMALL[flag])]
      : [],
  )
  const at = words.includes('--') ? words.indexOf('--') : words.length
  return words.toSpliced(at, 0, ...added)
}

function misspelled(random: Random, word: string): string {
  const at = random.below(word.length)
  return pick(random, [
    word.slice(0, at) + word.slice(at + 1),
    `${word.slice(0, at)}x${word.slice(at)}`,
    word.toUpperCase(),
  ])
}

/** A word that names nothing outside the current folder. */
function confined(word: string): string {
  return word.replaceAll('..', '.').replace(/^(--[\w-]+=)?[/~]+/, '$1')
}

function environment(random: Random): Record<string, string> {
  const values = (name: string, probability: number, list: readonly string[]) =>
    chance(random, probability) ? { [name]: pick(random, list) } : {}
  return {
    ...values('COLUMNS', 0.2, ['20', '40', '60', '80', '100', '200', '0', '-1', 'x', '1e9']),
    ...values('NO_COLOR', 0.1, ['1', '', '0']),
    ...values('FORCE_COLOR', 0.1, ['1', '0', '', '3', 'false']),
    ...values('TERM', 0.05, ['dumb', 'xterm-256color', '']),
    ...values('LANG', 0.05, ['C', 'en_US.UTF-8', 'tr_TR.UTF-8']),
  }
}

/** Without the input, the environment or the width; without one word, or two that follow each other; with shorter ones. */
export function* simplify(given: CommandLine): Iterable<CommandLine> {
  const { words, stdin, env, columns } = given
  if (columns !== undefined) yield { words, stdin, env }
  if (stdin.length > 0) yield { ...given, stdin: '' }
  for (const name of Object.keys(env)) yield { ...given, env: without(env, name) }
  for (const count of [4, 2, 1])
    for (let i = words.length - count; i >= 0; i--) yield { ...given, words: words.toSpliced(i, count) }
  if (stdin.length > 1) {
    const half = stdin.length >> 1
    yield { ...given, stdin: stdin.slice(0, half) }
    yield { ...given, stdin: stdin.slice(half) }
  }
  for (const [i, word] of words.entries())
    for (const shorter of shorterWords(word)) yield { ...given, words: words.with(i, shorter) }
}

function shorterWords(word: string): string[] {
  if (word.length < 3 || /^--[\w-]+$/.test(word)) return []
  const half = word.length >> 1
  return [
    word.slice(0, half),
    word.slice(half),
    ...(word.length < 40 ? [word.slice(1), word.slice(0, -1)] : []),
  ]
}

function without(env: Readonly<Record<string, string>>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([other]) => other !== name))
}
