import { Command, CommanderError } from 'commander'
import { InputError } from '../input-error.js'
import { wrap } from '../report/wrap.js'
import { helpOf } from './help.js'
import { suggestion } from './options/arguments.js'
import { commonOption } from './options/declare.js'
import { pathOf } from './options/given.js'
import { outputWidth, write } from './output/terminal.js'
import type { CommandModule, Route } from './route.js'
import { children, routes } from './routes.js'

/** Words that are no command, and no name is close to them. */
export class UnknownCommand extends InputError {
  constructor(readonly words: string) {
    super(`unknown command ${JSON.stringify(words)}`)
  }
}

/** The route that the first words name, the longest there is. */
function routeOf(words: readonly string[]): Route | undefined {
  return routes
    .filter((route) => route.path.every((word, i) => words[i] === word))
    .sort((a, b) => b.path.length - a.path.length)[0]
}

/**
 * The program for one command line. Only the requested command is loaded, so that start-up time doesn't grow with the
 * number of commands.
 */
export async function createProgram(argv: readonly string[], version: string): Promise<Command> {
  const route = routeOf(argv)
  const program = settle(new Command('cachelab'))
    .description(
      'A laboratory for distributed caching: experiments on in-process cache nodes, with theory beside what is measured.',
    )
    .version(version, '-V, --version', 'print the version')
    .usage('<command> [options]')
    .addHelpText('after', () =>
      wrap('Every command has --help with examples. cachelab find WORDS finds one.', outputWidth()).join(
        '\n',
      ),
    )
  let parent = program
  const path: string[] = []
  for (const word of route?.path ?? []) {
    nameOthers(parent, path, argv, word)
    path.push(word)
    parent = settle(parent.command(word).summary(routeOf(path)?.summary ?? ''))
  }
  if (route) await load(parent, route, argv.includes('--all'))
  nameOthers(parent, path, argv)
  checkOperand(path, argv.slice(path.length))
  return program
}

/** Settings of every command: errors in one line, no exit of its own, and help in one style. */
function settle(command: Command): Command {
  return command
    .helpCommand(false)
    .helpOption('-h, --help', 'print this help')
    .addOption(commonOption('--ascii', 'print ASCII characters only'))
    .exitOverride((error) => refuse(command, error))
    .configureOutput({ writeOut: write, outputError: () => {}, getOutHelpWidth: outputWidth })
    .configureHelp({ formatHelp: (target, helper) => helpOf(target, helper, [], true) })
}

/** An error of commander's as one of ours. For an operand that is missing it says what to type. */
function refuse(
  command: Command,
  { code, exitCode, message }: CommanderError,
  examples: CommandModule['examples'] = [],
): never {
  if (code === 'commander.excessArguments' && command.args.includes('help')) command.help()
  if (exitCode === 0) throw new CommanderError(exitCode, code, message)
  if (code === 'commander.unknownOption' && /'--shard\b/.test(message))
    throw new InputError(
      `${pathOf(command).join(' ')} has no --shard: its work is no list of independent tasks`,
    )
  const [operand] = command.registeredArguments
  if (code !== 'commander.missingArgument' || !operand) throw new InputError(message.replace(/^error: /, ''))
  const { argChoices: choices } = operand
  const what = choices ? `: one of ${choices.join(', ')}` : `; for example: ${examples[0]?.[0]}`
  throw new InputError(`<${operand.name()}> is missing${what}`)
}

async function load(command: Command, route: Route, isWhole: boolean): Promise<void> {
  const { configure, examples } = await route.load()
  command.exitOverride((error) => refuse(command, error, examples))
  configure(command, { routes, children, createProgram }).configureHelp({
    formatHelp: (target, helper) => helpOf(target, helper, examples, isWhole),
  })
}

/**
 * Adds the commands that aren't loaded, if the help, a suggestion, or the error for a command after options needs
 * them.
 */
function nameOthers(parent: Command, path: readonly string[], argv: readonly string[], used?: string): void {
  const listed =
    argv.length === 0 ||
    (used === undefined && path.length === 0) ||
    argv.some((word) => word === '--help' || word === '-h')
  for (const other of children(path)) {
    const name = other.path.at(-1)!
    if (name === used || !(listed || argv.includes(name))) continue
    settle(parent.command(name, { hidden: other.hidden }).summary(other.summary))
      .allowUnknownOption()
      .allowExcessArguments()
      .action(() => {
        throw new InputError(`write the whole command before its options: cachelab ${other.path.join(' ')} …`)
      })
  }
}

/** Refuses an unknown word in the place of a subcommand, also where its help is asked for. */
function checkOperand(path: readonly string[], rest: readonly string[]): void {
  const names = children(path).flatMap((child) => (child.hidden ? [] : child.path.at(-1)!))
  const [word] = rest
  if (word === undefined || word.startsWith('-') || names.length === 0) return
  const close = suggestion(word, names)
  if (close) throw new InputError(`unknown command ${JSON.stringify([...path, word].join(' '))}${close}`)
  const option = rest.findIndex((other) => other.startsWith('-'))
  throw new UnknownCommand([...path, ...rest.slice(0, option < 0 ? undefined : option)].join(' '))
}
