import { command, words } from '../options/declare.js'
import { writeData } from '../output/terminal.js'
import type { Program } from '../route.js'

export const { configure, examples } = command({
  description:
    'Prints candidates for the last word of a command line, one a line; the completion scripts call it.',
  operand: words('[word...]', 'the words after cachelab, the last one unfinished'),
  examples: [
    ['cachelab complete -- ring s', 'subcommands that begin with s'],
    ['cachelab complete -- ring --pl', 'options that begin with --pl'],
    ['cachelab complete -- ring --hash m', 'values that begin with m'],
  ],
  async run(_, words, program) {
    const lines = await candidates(program, words.slice(0, -1), words.at(-1) ?? '')
    writeData(lines.map((line) => `${line}\n`).join(''))
  },
})

/** The candidates for the last word of a command line. */
async function candidates(
  { createProgram, children }: Program,
  before: readonly string[],
  last: string,
): Promise<string[]> {
  let command = await createProgram(before, '')
  const path: string[] = []
  for (const word of before) {
    const child = command.commands.find((candidate) => candidate.name() === word)
    if (!child) break
    command = child
    path.push(word)
  }
  const option = command.options.find((candidate) => candidate.long === before.at(-1))
  if (option && !option.isBoolean())
    return (option.argChoices ?? []).filter((value) => value.startsWith(last))
  const commands = children(path)
    .filter((route) => !route.hidden)
    .map((route) => route.path.at(-1)!)
  const options = command.options
    .map((candidate) => candidate.long!)
    .concat('--help', before.includes('--help') ? '--all' : [])
  const operands = command.registeredArguments[0]?.argChoices ?? []
  return (last.startsWith('-') ? options : [...commands, ...operands]).filter((word) => word.startsWith(last))
}
