import { InputError } from '../../input-error.js'
import { toBytes, toText } from '../../redis/reply.js'
import { splitWords } from '../../redis/split.js'
import { commands } from '../../redis/table.js'
import { explain } from '../../redis-guide/explain.js'
import { renderListing } from '../../report/listing.js'
import type { Paint } from '../../report/paint.js'
import { wrap } from '../../report/wrap.js'
import { suggestion } from '../options/arguments.js'
import { command, Declared, words } from '../options/declare.js'
import { outputPaint, outputWidth, withCommand, writeProse } from '../output/terminal.js'

export const { configure, examples, accepts } = command({
  description: 'Explains a Redis command: its cost, its effect, its reply, and common mistakes.',
  operand: words('[command...]', 'a Redis command, with or without arguments; without one, they are listed'),
  options: {
    given: new Declared<string[] | undefined>(
      '<commands...>',
      'commands that fill the store first, each in quotes',
    ),
  },
  examples: [
    ['cachelab redis explain ZADD', 'with an example of its own'],
    ['cachelab redis explain LPUSH queue:jobs urgent', 'arguments of your own'],
    ["cachelab redis explain SINTER a b --given 'SADD a 1 2' 'SADD b 2 3'", 'data of your own'],
  ],
  async run({ given = [] }, words) {
    const fillers = given.map((text) => {
      const split = splitWords(toBytes(text))
      if (!split || split.length === 0)
        throw new InputError(`--given: a quote isn't closed in ${JSON.stringify(text)}`)
      return split
    })
    const paint = await outputPaint()
    // A single word may be a whole command in quotes.
    const asked = words.length === 1 ? (splitWords(toBytes(words[0])) ?? words) : words.map(toBytes)
    if (asked.length === 0) return writeProse(list())
    const known = [...commands.keys()].map((name) => name.split('|')[0])
    if (!known.includes(asked[0].toLowerCase()))
      throw new InputError(
        `there is no Redis command ${JSON.stringify(words.length === 1 ? words[0] : toText(asked[0]))}${suggestion(asked[0].toLowerCase(), known)}`,
      )
    const explanation = explain(asked, fillers)
    writeProse(() => show(explanation, paint))
  },
})

/** The commands that can be explained, by group. */
function list(): string {
  const groups = new Map<string, string[]>()
  for (const { name, group } of commands.values())
    if (!name.includes('|')) groups.set(group, [...(groups.get(group) ?? []), name.toUpperCase()])
  const rows = [...groups].map(([group, names]) => [group, names.join(' ')] as const)
  return `${renderListing(rows, outputWidth())}\n\n${withCommand('To see one:', 'cachelab redis explain ZADD')}\n`
}

function show(explanation: ReturnType<typeof explain>, paint: Paint): string {
  const { command, line, given, before, after, reply, mistakes } = explanation
  const width = outputWidth()
  const usage = `${command.name.replace('|', ' ').toUpperCase()} ${command.usage}`.trim()
  const part = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', paint.bold(title), ...lines.map((text) => `  ${text}`)]
  const same = before.join('\n') === after.join('\n')
  return [
    ...wrap(usage, width).map((text) => paint.bold(text)),
    ...wrap(`${command.summary[0].toUpperCase()}${command.summary.slice(1)}. Group ${command.group}.`, width),
    '',
    `Complexity: ${command.complexity}`,
    ...part('Given', given),
    ...part(same ? 'Before and after' : 'Before', before),
    ...part('The command', [line]),
    ...(same ? [] : part('After', after)),
    ...part('Reply', reply.trimEnd().split('\n')),
    ...part(
      'Common mistakes',
      mistakes.flatMap((text) => wrap(text, width - 4).map((row, i) => `${i === 0 ? '• ' : '  '}${row}`)),
    ),
    '',
  ].join('\n')
}
