import { CommanderError } from 'commander'
import { EnvironmentError, InputError } from '../input-error.js'
import { INTERRUPTED, oneLine } from './output/terminal.js'
import { createProgram } from './program.js'
import { version } from './version.js'

const UNUSABLE = 2
const BROKEN = 3

process.on('SIGINT', () => process.exit(INTERRUPTED))
/** `cachelab help X` means `cachelab X --help`, and nothing at all asks for help too. */
function spelledOut(argv: readonly string[]): string[] {
  if (argv[0] === 'help') return [...argv.slice(1), '--help']
  return argv.length === 0 ? ['--help'] : [...argv]
}

async function main(): Promise<void> {
  const argv = spelledOut(process.argv.slice(2))
  const program = await createProgram(argv, version)
  await program.parseAsync(argv, { from: 'user' })
}

main().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : UNUSABLE
    return
  }
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${oneLine(`error: ${message}`)}\n`)
  if (process.env.CACHELAB_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  process.exitCode = exitCodeOf(error)
})

function exitCodeOf(error: unknown): number {
  if (error instanceof InputError) return UNUSABLE
  return error instanceof EnvironmentError ? BROKEN : 1
}
