import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { splitWords } from '../../src/redis/split.js'
import { shapeProblems } from '../report/shape.js'
import { type Result, refusing, root, shell as startedShell, withoutDuration } from './run.js'

const built = createRequire(import.meta.url)(
  '../../dist/cachelab.cjs',
) as typeof import('../../src/cli/main.js')

/** What only a process of its own has, such as a signal or the environment of what it starts, is not among these. */
interface Options {
  readonly input?: string | Uint8Array
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  /** The width of a terminal that standard output seems to be. */
  readonly columns?: number
}

/** Throws where the JSON of a command is none of the schema. */
function checkShape(args: readonly string[], stdout: string): void {
  if (stdout === '' || args[args.lastIndexOf('--format') + 1] !== 'json') return
  const [problem] = shapeProblems(JSON.parse(stdout))
  if (problem) throw new Error(`cachelab ${args.join(' ')}: ${problem}`)
}

/** Runs end one after the other: they share the current folder and the program's surface. */
let last: Promise<unknown> = Promise.resolve()

/** Runs the built program in the process of the test. */
export function cachelab(args: readonly string[], options: Options = {}): Promise<Result> {
  const { input = '', env = {}, cwd = root, columns } = options
  const next = last.then(async () => {
    const before = process.cwd()
    process.chdir(cwd)
    try {
      const result = await built.run(args, { stdin: input, env, ...(columns ? { columns } : {}) })
      checkShape(args, result.stdout)
      return { ...result, stderr: withoutDuration(result.stderr), signal: null }
    } finally {
      process.chdir(before)
    }
  })
  last = next.catch(() => {})
  return next
}

/** Runs a line as it would be typed: cachelab in this process, alone or behind a pipe, and all else in a shell. */
export function shell(line: string, options: Options = {}): Promise<Result> {
  const [, source, command] =
    /^(?:((?!cachelab).*) \| )?cachelab ((?:[^|<>&;$`"']|"[^"$`\\]*"|'[^']*')*)$/.exec(line) ?? []
  const words = command === undefined ? undefined : splitWords(command)
  if (!words) return startedShell(line, options)
  if (source === undefined) return cachelab(words, options)
  const input = execFileSync('bash', ['-c', source], { cwd: options.cwd ?? root })
  return cachelab(words, { ...options, input })
}

export const refused = refusing(cachelab)
