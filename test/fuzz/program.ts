import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fillPlace, isPlaceChanged } from './place.js'

/** What a run of the program is given. */
export interface CommandLine {
  readonly words: readonly string[]
  readonly stdin: string | Uint8Array
  readonly env: Readonly<Record<string, string>>
  /** The width of a terminal on standard output; a pipe if there is none. */
  readonly columns?: number
}

export interface Result {
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

/** The first argument of the process is the project's folder: the current one is a place for files. */
const built = () =>
  createRequire(import.meta.url)(
    join(process.argv[2], 'dist/cachelab.cjs'),
  ) as typeof import('../../src/cli/main.js')

/** Runs the built program in this process, in a folder that is as place.ts fills it, with some more files. */
export async function runProgram(
  { words, ...given }: CommandLine,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<Result> {
  if (isPlaceChanged(process.cwd())) fillPlace(process.cwd())
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
  return built().run(words, given)
}
