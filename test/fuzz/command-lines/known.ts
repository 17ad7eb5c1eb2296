import { Command, type Option } from 'commander'
import { createProgram } from '../../../src/cli/program.js'
import { children, routes } from '../../../src/cli/routes.js'
import { splitWords } from '../../../src/redis/split.js'
import { leftOut } from './left-out.js'

/** An option as its command declares it. */
export interface KnownOption {
  readonly flag: string
  /** Whether a value follows it. */
  readonly value: 'none' | 'optional' | 'required'
  readonly isRepeatable: boolean
  /** Values that it takes: its choices, its default, those of examples. */
  readonly samples: readonly string[]
}

export interface KnownCommand {
  readonly name: string
  readonly options: readonly KnownOption[]
  /** Values of each operand, and of one more where there may be several. */
  readonly operands: readonly (readonly string[])[]
  /** The words of its examples, without those that name it. */
  readonly examples: readonly (readonly string[])[]
}

/** What examples give each option, in all commands: one that has no example takes what it takes elsewhere. */
type Given = ReadonlyMap<string, readonly string[]>

/** Every command that is fuzzed, with what it declares. */
export async function knownCommands(): Promise<KnownCommand[]> {
  const declared = await Promise.all(
    routes.map(async ({ path, load }) => {
      const module = await load()
      const command = module.configure(new Command(path.at(-1)), { routes, children, createProgram })
      const examples = module.examples.flatMap(([line]) => wordsOf(line, path.length))
      return { name: path.join(' '), command, examples }
    }),
  )
  const given = givenIn(declared.flatMap(({ examples }) => examples))
  return declared
    .filter(({ name }) => !Object.hasOwn(leftOut, name))
    .map(({ name, command, examples }) => ({
      name,
      examples: examples.filter((words) => !words.some((word) => Object.hasOwn(leftOut, word))),
      options: command.options
        .filter(({ long }) => !Object.hasOwn(leftOut, long!))
        .map((one) => known(one, given)),
      operands: command.registeredArguments.map(({ argChoices, defaultValue }) => [
        ...(argChoices ?? []),
        ...(typeof defaultValue === 'string' ? [defaultValue] : []),
        ...operandsIn(examples, command),
      ]),
    }))
}

/** The words after a command's name; none for a line that needs a shell. */
function wordsOf(line: string, depth: number): string[][] {
  const words = /[|&<>;$]/.test(line) ? undefined : splitWords(line)
  return words ? [words.slice(1 + depth).map(String)] : []
}

function givenIn(examples: readonly (readonly string[])[]): Given {
  const given = new Map<string, string[]>()
  for (const words of examples)
    words.forEach((word, i) => {
      const value = words[i + 1]
      if (word.startsWith('--') && value !== undefined && !value.startsWith('--'))
        given.set(word, [...(given.get(word) ?? []), value])
    })
  return given
}

function known(option: Option, given: Given): KnownOption {
  const { long, required, optional, argChoices = [], defaultValue, defaultValueDescription } = option
  const initial = [defaultValueDescription, defaultValue].filter(
    (one) => typeof one === 'string' || typeof one === 'number',
  )
  const samples = [...argChoices, ...initial.map(String), ...(given.get(long!) ?? [])]
  return {
    flag: long!,
    value: required ? 'required' : optional ? 'optional' : 'none',
    isRepeatable: option.variadic,
    samples: samples.length > 0 ? samples : ['1', '2', '3'],
  }
}

function operandsIn(examples: readonly (readonly string[])[], { options }: Command): string[] {
  const takesValue = (word: string | undefined) =>
    options.some(({ long, required }) => long === word && required)
  return examples.flatMap((words) =>
    words.filter((word, i) => !word.startsWith('-') && !takesValue(words[i - 1])),
  )
}
