import type { Command } from 'commander'
import { formatNames } from '../../report/index.js'

/** When a report may be run again: always, only if whoever wrote it is trusted, or never. */
export type Again = boolean | 'trusted'

const repeatable = new WeakMap<Command, Again>()

/** Notes when the reports of a command may be run again; never, where it has no format for a report. */
export function noteAgain(command: Command, again: Again): void {
  repeatable.set(command, hasReport(command) && again)
}

const formatsOf = (command: Command): readonly string[] =>
  command.options.find(({ long }) => long === '--format')?.argChoices ?? []

/** Whether a command prints a report, in all formats. */
export function hasReport(command: Command): boolean {
  const formats = formatsOf(command)
  return formatNames.every((name) => formats.includes(name))
}

/** Whether what a command prints can be a page. */
export const hasPage = (command: Command): boolean => formatsOf(command).includes('html')

/** When a report of a command may be run again. */
export const againOf = (command: Command): Again => repeatable.get(command) ?? false

/** Whether the work of a command can be done in parts. */
export const isDivided = (command: Command): boolean => command.options.some(({ long }) => long === '--shard')

/** The names of a command and of those that it belongs to: `ring sweep`. */
export const pathOf = (command: Command): string[] =>
  command.parent ? [...pathOf(command.parent), command.name()] : []

/** Options that decide how the work is done and how its report is shown, and nothing of what is in it. */
const HOW = ['--format', '--jobs', '--shard', '--resume', '--verbose']

/** The words that do the same work again, once commander has read the command line; `but` are more options to leave out. */
export function givenWords(command: Command, but: readonly string[] = []): () => string[] {
  const given: string[] = []
  for (const option of command.options) {
    const flag = option.long!
    if (HOW.includes(flag) || but.includes(flag)) continue
    command.on(`option:${option.name()}`, (value?: string | null) => {
      if (typeof value !== 'string') given.push(flag)
      else if (option.required) given.push(flag, value)
      else given.push(`${flag}=${value}`)
    })
  }
  return () => {
    const { args } = command
    const isLikeOption = args.some((word) => word.startsWith('-'))
    return [...pathOf(command), ...(isLikeOption ? [...given, '--', ...args] : [...args, ...given])]
  }
}
