import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const program = `${root}bin/cachelab.js`

export interface Result {
  readonly stdout: string
  readonly stderr: string
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

interface Options {
  readonly input?: string | Uint8Array
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  /** The user that it runs as, where the tests run as root. */
  readonly uid?: number
  /** Called when the program runs, to send it signals. */
  readonly started?: (kill: (signal: NodeJS.Signals) => void, pid: number) => void
}

/** A slow machine says how long a run takes where a fast one has nothing to say. */
export const withoutDuration = (stderr: string): string =>
  stderr.replace(/^note: this run takes about \d+ (s|min|h)\n/gm, '')

/** Starts a program and waits for its end. */
export function run(command: string, args: readonly string[], options: Options = {}): Promise<Result> {
  const env = { ...process.env, ...options.env }
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'COLUMNS', 'NODE_OPTIONS', 'CACHELAB_DEBUG']) {
    if (options.env?.[name] === undefined) delete env[name]
  }
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd: options.cwd ?? root, uid: options.uid, gid: options.uid })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ stdout, stderr: withoutDuration(stderr), code, signal }))
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
    options.started?.((signal) => child.kill(signal), child.pid!)
  })
}

/** Runs the built cachelab as a user would. */
export function cachelab(args: readonly string[], options?: Options): Promise<Result> {
  return run(process.execPath, [program, ...args], options)
}

/** Runs a line of shell in which `cachelab` is the built program. */
export function shell(line: string, options?: Options): Promise<Result> {
  return run('bash', ['-c', `cachelab() { "${process.execPath}" "${program}" "$@"; }\n${line}`], options)
}

/** Runs a line of shell in a terminal of the given size; what it prints is standard output, `\r` taken out. */
export async function terminal(line: string, columns: number, env?: NodeJS.ProcessEnv): Promise<Result> {
  const sized = `stty cols ${columns} rows 24; cachelab() { "${process.execPath}" "${program}" "$@"; }; ${line}`
  const result = await run(
    'script',
    ['-qec', `bash -c '${sized.replaceAll("'", "'\\''")}'`, '/dev/null'],
    env ? { env } : {},
  )
  return { ...result, stdout: result.stdout.replaceAll('\r', '') }
}

/** For a way to run cachelab: expects exit 2, one line on standard error with the texts in it, nothing on standard output. */
export const refusing =
  (cachelab: (args: readonly string[], options?: { readonly cwd?: string }) => Promise<Result>) =>
  async (args: readonly string[], texts: readonly string[], cwd?: string): Promise<void> => {
    const { stdout, stderr, code } = await cachelab(args, cwd ? { cwd } : {})
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^error: [^\n]+\n$/)
    for (const text of texts) expect(stderr).toContain(text)
    expect(code).toBe(2)
  }

export const refused = refusing(cachelab)
