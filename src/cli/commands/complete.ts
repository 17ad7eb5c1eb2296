import type { Argument, Option } from 'commander'
import { command, takenBy, words } from '../options/declare.js'
import { writeData } from '../output/terminal.js'
import type { Program } from '../route.js'
import { fileNames } from '../shells/file-names.js'

export const { configure, examples } = command({
  description:
    'Prints candidates for the last word of a command line, one a line; the completion scripts call it.',
  operand: words('[word...]', 'the words after cachelab, the last one unfinished'),
  examples: [
    ['cachelab complete -- ring s', 'subcommands that begin with s'],
    ['cachelab complete -- ring --pl', 'options that begin with --pl'],
    ['cachelab complete -- ring --hash m', 'values, and files, that begin with m'],
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
  if (option && !option.isBoolean()) return values(option, option.flags, last)
  const commands = children(path)
    .filter((route) => !route.hidden)
    .map((route) => route.path.at(-1)!)
  const options = command.options
    .map((candidate) => candidate.long!)
    .concat('--help', before.includes('--help') ? '--all' : [])
  if (last.startsWith('-')) return options.filter((word) => word.startsWith(last))
  const [operand] = command.registeredArguments
  const operands = operand ? values(operand, `<${operand.name()}>`, last) : []
  return [...commands.filter((word) => word.startsWith(last)), ...operands]
}

/** The values of an option or operand that begin so: names, the next name of a list, files. */
function values(target: Option | Argument, shape: string, last: string): string[] {
  const { list, own } = takenBy(target)
  const at = list ? last.lastIndexOf(',') + 1 : 0
  const [before, start] = [last.slice(0, at), last.slice(at)]
  const names = (list ?? target.argChoices ?? []).filter((name) => name.startsWith(start))
  const isPath = /[<[](file|folder)[>\]]/.test(shape)
  const files = own || isPath ? fileNames(start, own !== undefined) : []
  return [...names, ...files].map((word) => before + word)
}
