import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Area, Complaint } from '../area.js'
import { printed } from '../bytes.js'
import { judge } from '../command-lines/rules.js'
import { runProgram } from '../program.js'
import { type GivenFile, generate, load, simplify } from './generate.js'
import { LAB_BESIDE } from './sources.js'

/** Where a refusal says that the fault is, or what the whole lacks. */
const PLACE =
  /\b(lines? \d+|record \d+|byte \d+|column|header|empty|no (sizes|requests|keys)|too few|at most|not JSON|binary|damaged|compressed twice|has none|UTF-(16|32)|ends early|not vscsi)\b/
/** A refusal of options that don't go together, whatever is in the file. */
const OF_OPTIONS = /^error: --[a-z-]+ /

/** The command's words, as far as they are no file. */
const nameOf = ({ words, path }: GivenFile) =>
  `${/^[a-z]+( [a-z]+)?/.exec(words.join(' '))?.[0]} ${basename(path)}`

async function run(given: GivenFile): Promise<Complaint[]> {
  const { words, path, bytes } = given
  const states = process.env.XDG_STATE_HOME!
  const place = path.replace('~', states)
  const line = { words, stdin: words.join() === 'redis' ? 'GET a\n' : '', env: { XDG_STATE_HOME: states } }
  const result = await runProgram(line, { ...(path.includes('progress') ? LAB_BESIDE : {}), [place]: bytes })
  rmSync(join(states, 'cachelab'), { recursive: true, force: true })
  // What is in the file is the user's own, as what is in the input.
  const isKept = ({ rule }: Complaint) => rule !== 'a refusal names the culprit'
  const complaints = judge({ ...line, stdin: bytes }, result, nameOf(given)).filter(isKept)
  const { code, stderr } = result
  if (code === 2 && !OF_OPTIONS.test(stderr) && !(stderr.includes(basename(path)) && PLACE.test(stderr)))
    complaints.push({
      rule: 'a refusal names the file and the place',
      where: nameOf(given),
      text: stderr.trim(),
    })
  return complaints
}

/** Files that a command reads, made from real ones. */
export const files: Area<GivenFile> = {
  weight: 3,
  load,
  generate,
  simplify,
  run,
  show: ({ words, path, bytes }) =>
    `printf %s ${printed(bytes)} >${path.replace('~', '~/.local/state')}; cachelab ${words.join(' ')}`,
  asksForMuch: () => false,
  nameOf,
}
