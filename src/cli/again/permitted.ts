import { readdirSync, realpathSync, statSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { type Command, CommanderError } from 'commander'
import { InputError } from '../../input-error.js'
import { isOwn } from '../../own-name.js'
import { labelOf } from '../input.js'
import { againOf, isDivided, pathOf } from '../options/given.js'
import type { Program } from '../route.js'
import shapes from './shapes.json' with { type: 'json' }

/** A word of a command line, with the option or operand that it is given to. */
interface Given {
  /** `--trace`, or the operand's name. */
  readonly name: string
  /** What stands for the value in the help, such as `file`; undefined for an option without one. */
  readonly shape: string | undefined
  readonly value: string
}

/** A command line that a file brings, and where the file is from. */
interface Brought {
  readonly command: string
  readonly arguments: readonly string[]
  readonly label: string
}

/**
 * Throws InputError where a report's arguments run anything but its own command, or do more than compute: a report is a
 * stranger's file. What isn't known to be harmless needs trust.
 */
export async function checkPermitted(report: Brought, isTrusted: boolean, program: Program): Promise<void> {
  const { label, command: name } = report
  const { leaf, given } = await givenWords(report, program)
  const again = againOf(leaf)
  if (!again) throw new InputError(`${label}: a report of ${JSON.stringify(name)} can’t be run again`)
  if (isTrusted) return
  const risk = again === 'trusted' ? `${name} does more than report` : given.map(riskOf).find(Boolean)
  if (risk) throw new InputError(`${label}: ${risk}; add --trust if you trust the report`)
}

/** The same for the command line of a part, which opens no files and runs no solutions: what they come to is in the parts. */
export async function checkMergeable(part: Brought, isTrusted: boolean, program: Program): Promise<void> {
  const { label, command: name } = part
  const { leaf, given } = await givenWords(part, program)
  if (!isDivided(leaf)) throw new InputError(`${label}: ${JSON.stringify(name)} has no parts`)
  if (isTrusted) return
  const risk = given
    .filter(({ name }) => !shapes.files.includes(name) && !shapes.merged.includes(name))
    .map(riskOf)
    .find(Boolean)
  if (risk) throw new InputError(`${label}: ${risk}; add --trust if you trust the part`)
}

/**
 * The words of a report's command line as commander assigns them to options and operands. Nothing of the command runs,
 * and no parser of a value, which may load code.
 */
async function givenWords({ arguments: words, command: name, label }: Brought, program: Program) {
  return assigned(words, name, program).catch((error: Error) => {
    const why = error instanceof CommanderError && error.exitCode === 0 ? 'they ask for help' : error.message
    throw new InputError(
      `${label}: its "arguments" make no report of ${JSON.stringify(name)}: ${why.replace(/^error: /, '')}`,
    )
  })
}

async function assigned(words: readonly string[], name: string, { createProgram }: Program) {
  const given: Given[] = []
  const root = await createProgram(words, '')
  let leaf = silence(root)
  for (const word of words) {
    const next = leaf.commands.find((one) => one.name() === word)
    if (!next) break
    leaf = silence(next)
  }
  if (pathOf(leaf).join(' ') !== name) throw new InputError('they run another command')
  leaf.action(() => {})
  for (const option of leaf.options) {
    delete option.parseArg
    leaf.on(`option:${option.name()}`, (value: unknown) => {
      given.push({ name: option.long!, shape: shapeOf(option.flags), value: String(value ?? '') })
    })
  }
  for (const operand of leaf.registeredArguments) delete operand.parseArg
  await root.parseAsync(words, { from: 'user' })
  const [operand] = leaf.registeredArguments
  const operands = leaf.args.map((value) => ({ name: operand.name(), shape: operand.name(), value }))
  return { leaf, given: [...given, ...operands] }
}

/** Has a command throw its errors, and help as one, without printing them. */
const silence = (command: Command): Command =>
  command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} })

/** `file` of `--trace <file>`. */
const shapeOf = (flags: string): string | undefined => /[<[](.*?)(?:\.\.\.)?[>\]]$/.exec(flags)?.[1]

/** What a word makes the program do beside computing; undefined for nothing. */
function riskOf({ name, shape, value }: Given): string | undefined {
  if (shapes.files.includes(name))
    return isHere(value) ? undefined : `${name} ${labelOf(value)} is outside of this folder`
  if (shape === undefined || (shapes.harmless.includes(shape) && !(/^names?$/.test(shape) && isOwn(value))))
    return undefined
  return `${name} ${labelOf(value)} does more than compute`
}

/** Whether a path leads to a file in the working folder, or to a folder of such; standard input is refused where it is read. */
function isHere(path: string): boolean {
  const here = realpathSync('.')
  const target = targetOf(path)
  if (path !== '-' && target !== here && !target.startsWith(here + sep)) return false
  const isFolder = statSync(target, { throwIfNoEntry: false })?.isDirectory() ?? false
  return !isFolder || readdirSync(target).every((name) => targetOf(join(target, name)).startsWith(here + sep))
}

/** Where a path leads, links followed; the path itself where there is nothing, which is said where it is read. */
function targetOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return resolve(path)
  }
}
