import type { Argument, Command, Help, Option } from 'commander'
import { renderEntry } from '../report/listing.js'
import { wrap } from '../report/wrap.js'
import { rankOf } from './options/declare.js'
import { pathOf } from './options/given.js'
import { indentedCommand, outputWidth } from './output/terminal.js'
import type { CommandModule } from './route.js'

/** Lines of a screen of 24, with one left for the prompt. */
const MAX_LINES = 23
const MAX_OPTIONS = 5
/** Options of every command: only the whole help has them. */
const OF_ALL = ['--help', '--ascii']

type Example = CommandModule['examples'][number]

/** A heading and the entries below it, each of one line or more; nothing where there are none. */
const part = (heading: string, entries: readonly string[]) =>
  entries.length === 0 ? [] : ['', heading, ...entries]

/** The number of lines that parts take. */
const height = (parts: readonly string[]) => parts.join('\n').split('\n').length

/** A command's help: all of it, or what fits a screen, with a line that counts the rest. */
export function helpOf(
  command: Command,
  helper: Help,
  examples: readonly Example[],
  isWhole: boolean,
): string {
  const options = helper.visibleOptions(command)
  const own = options.filter(({ long }) => !OF_ALL.includes(long!))
  const shown = isWhole ? options : mostImportant(own)
  const rendered = examples.map(renderExample)
  if (isWhole)
    return [...body(command, helper, shown, described), ...part('Examples:', rendered), ''].join('\n')
  // What is dropped until the rest fits: examples, then the choices and defaults that take lines of their own.
  let lines: string[] = []
  for (const about of [briefly, tersely]) {
    const above = body(command, helper, shown, about)
    for (let fit = examples.length; fit >= 0; fit--) {
      const rest = restLine(command, own.length - shown.length, examples.length - fit)
      lines = [...above, ...part('Examples:', rendered.slice(0, fit)), ...rest, '']
      if (height(lines) <= MAX_LINES + 1) return lines.join('\n')
    }
  }
  return lines.join('\n')
}

/** What a listing says of an operand or option in a column of some width. */
type About = (target: Argument | Option, room: number) => string

/** Usage, description, operands, options and commands. */
function body(command: Command, helper: Help, options: readonly Option[], about: About): string[] {
  const operands = helper.visibleArguments(command)
  const commands = helper.visibleCommands(command)
  return [
    `Usage: ${wrap(helper.commandUsage(command), outputWidth() - 7).join('\n       ')}`,
    '',
    ...wrap(helper.commandDescription(command), outputWidth()),
    ...listing(
      'Arguments:',
      operands.map((operand) => [helper.argumentTerm(operand), (room) => about(operand, room)]),
    ),
    ...listing(
      'Options:',
      options.map((option) => [helper.optionTerm(option), (room) => about(option, room)]),
    ),
    ...listing(
      'Commands:',
      commands.map((other) => [other.name(), () => other.summary()]),
    ),
  ]
}

/** A heading and terms in a column, each with its text for the room beside it. */
function listing(
  heading: string,
  rows: readonly (readonly [term: string, text: (room: number) => string])[],
): string[] {
  const names = Math.max(...rows.map(([term]) => term.length))
  const width = outputWidth() - 2
  const lines = rows.map(([term, text]) => renderEntry(term, names, text(width - names - 2), width))
  return part(
    heading,
    lines.map((line) => line.replace(/^/gm, '  ')),
  )
}

/** The options that matter most, in their order. */
function mostImportant(options: readonly Option[]): Option[] {
  const ranked = [...options].sort((a, b) => rankOf(b) - rankOf(a))
  const most = new Set(ranked.slice(0, MAX_OPTIONS))
  return options.filter((option) => most.has(option))
}

/** That there is more than the screen shows, and how to see it. */
function restLine(command: Command, options: number, examples: number): string[] {
  const counted = (count: number, what: string) =>
    count > 0 ? [`${count} more ${what}${count > 1 ? 's' : ''}`] : []
  const counts = [...counted(options, 'option'), ...counted(examples, 'example')]
  return counts.length === 0
    ? []
    : [
        '',
        ...wrap(
          `${counts.join(', ')}: ${['cachelab', ...pathOf(command)].join(' ')} --help --all`,
          outputWidth(),
        ),
      ]
}

/** What an option or operand is, its choices, and its default. */
function described({
  description,
  argChoices,
  defaultValue,
  defaultValueDescription,
}: Argument | Option): string {
  const facts = [
    ...(argChoices ? [`choices: ${argChoices.join(', ')}`] : []),
    ...(defaultValue === undefined || defaultValue === false
      ? []
      : [`default: ${defaultValueDescription ?? defaultValue}`]),
  ]
  return facts.length === 0 ? description : `${description} (${facts.join('; ')})`
}

/** The same without the choices where it isn't one line with them. */
function briefly(target: Argument | Option, room: number): string {
  const whole = described(target)
  if (whole.length <= room) return whole
  const { description, defaultValue, defaultValueDescription } = target
  return described({ description, defaultValue, defaultValueDescription } as Option)
}

/** The same without the default where it isn't one line with it. */
function tersely(target: Argument | Option, room: number): string {
  const brief = briefly(target, room)
  return brief.length <= room ? brief : target.description
}

function renderExample([line, shows]: Example): string {
  return `${indentedCommand(`$ ${line}`)}\n${wrap(shows, outputWidth() - 6)
    .map((text) => `      ${text}`)
    .join('\n')}`
}
