import { Readable } from 'node:stream'
import { CommanderError } from 'commander'
import { EnvironmentError, InputError, NO_WORKING_FOLDER } from '../input-error.js'
import { doors } from './doors.js'
import { warn, write } from './output/terminal.js'
import { createProgram, UnknownCommand } from './program.js'
import { routes } from './routes.js'
import { suggested } from './suggested.js'
import { surface as currentSurface, type Surface, useSurface } from './surface.js'
import { version } from './version.js'

const UNUSABLE = 2
const BROKEN = 3

interface Given {
  /** Standard input; nothing by default. */
  readonly stdin?: string | Uint8Array
  readonly env?: NodeJS.ProcessEnv
  /** The width of a terminal for standard output, which is a pipe by default. */
  readonly columns?: number
}

/** Runs a command line in this process, which keeps its own streams. One run at a time. */
export async function run(argv: readonly string[], { stdin = '', env = {}, columns }: Given = {}) {
  const [stdout, stderr]: string[][] = [[], []]
  const code = await execute(argv, {
    env,
    columns,
    rows: undefined,
    stdin: Readable.from([Buffer.from(stdin)]),
    showsProgress: false,
    print: (text) => void stdout.push(text),
    warn: (text) => void stderr.push(text),
    code: 0,
  })
  return { stdout: stdout.join(''), stderr: stderr.join(''), code }
}

/** Runs a command line on a surface, also inside another run; its exit code. */
export async function execute(argv: readonly string[], surface: Surface): Promise<number> {
  const outer = currentSurface()
  useSurface(surface)
  try {
    await perform(argv)
    return surface.code
  } catch (error) {
    const hint = error instanceof UnknownCommand ? `; ${await suggested(error.words)}` : ''
    warn(`error: ${lineOf(error)}${hint}`)
    if (surface.env.CACHELAB_DEBUG && error instanceof Error) surface.warn(`${error.stack}\n`)
    return error instanceof InputError ? UNUSABLE : BROKEN
  } finally {
    if (outer) useSurface(outer)
  }
}

/** Runs a command line on the current surface. Throws what stops it; the help is no error. */
export async function perform(argv: readonly string[]): Promise<void> {
  const words = spelledOut(withoutAscii(argv))
  if (words.length === 0) return write(doors())
  try {
    await (await createProgram(words, version)).parseAsync(words, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
  }
}

/** What an error says in one line. One that is neither the person's nor the machine's is a fault of ours. */
function lineOf(error: unknown): string {
  if ((error as NodeJS.ErrnoException).syscall === 'uv_cwd') return NO_WORKING_FOLDER
  const message = (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, ' ')
  const isKnown = error instanceof InputError || error instanceof EnvironmentError
  const isOfSystem = error instanceof Error && 'syscall' in error
  return isKnown || isOfSystem ? message : `this is a fault of cachelab: ${message}`
}

/** A command line without --ascii, which also says how its errors are written: it is read before all else. */
function withoutAscii(argv: readonly string[]): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  const words = argv.filter((word, i) => word !== '--ascii' || i > end)
  if (words.length < argv.length) currentSurface().isAscii = true
  return words
}

/** `cachelab help ring sweep` and `cachelab ring help sweep` mean `cachelab ring sweep --help`. */
function spelledOut(argv: readonly string[]): string[] {
  if (argv.every((word) => word === '--')) return []
  const at = argv.indexOf('help')
  const before = argv.slice(0, at)
  const isGroup = routes.some(({ path }) => path.length > at && before.every((word, i) => word === path[i]))
  if (at < 0 || !isGroup) return [...argv]
  return [...before, ...argv.slice(argv[at + 1] === 'help' ? at + 2 : at + 1), '--help']
}
