import type { Area } from '../area.js'
import { type CommandLine, runProgram } from '../program.js'
import { generate, loadCommands, simplify } from './generate.js'
import { judge } from './rules.js'
import { show } from './show.js'

/** The command's words. */
const nameOf = ({ words }: CommandLine) => /^[a-z][a-z-]*( [a-z][a-z-]*)?/.exec(words.join(' '))?.[0] ?? ''

/** Any command with any words. */
export const commandLines: Area<CommandLine> = {
  weight: 10,
  load: loadCommands,
  generate,
  simplify,
  show,
  run: async (given) => judge(given, await runProgram(given), nameOf(given)),
  asksForMuch: ({ words }) => words.some((word) => /\d{6}|\de[5-9]/.test(word)),
  nameOf,
}
