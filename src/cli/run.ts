import { Readable } from 'node:stream'
import { CommanderError } from 'commander'
import { EnvironmentError, InputError } from '../input-error.js'
import { warn } from './output/terminal.js'
import { createProgram } from './program.js'
import { type Surface, useSurface } from './surface.js'
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
    stdin: Readable.from([Buffer.from(stdin)]),
    showsProgress: false,
    print: (text) => void stdout.push(text),
    warn: (text) => void stderr.push(text),
    code: 0,
  })
  return { stdout: stdout.join(''), stderr: stderr.join(''), code }
}

/** Runs a command line on a surface; its exit code. */
export async function execute(argv: readonly string[], surface: Surface): Promise<number> {
  useSurface(surface)
  try {
    const words = spelledOut(argv)
    await (await createProgram(words, version)).parseAsync(words, { from: 'user' })
    return surface.code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : UNUSABLE
    const message = error instanceof Error ? error.message : String(error)
    warn(`error: ${message}`)
    if (surface.env.CACHELAB_DEBUG && error instanceof Error) surface.warn(`${error.stack}\n`)
    if (error instanceof InputError) return UNUSABLE
    return error instanceof EnvironmentError ? BROKEN : 1
  }
}

/** `cachelab help X` means `cachelab X --help`, and nothing at all asks for help too. */
function spelledOut(argv: readonly string[]): string[] {
  if (argv[0] === 'help') return [...argv.slice(1), '--help']
  return argv.length === 0 ? ['--help'] : [...argv]
}
