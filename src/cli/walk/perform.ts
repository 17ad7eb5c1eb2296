import { Readable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { splitWords } from '../../redis/split.js'
import { hasParts, partOf } from '../../report/part.js'
import type { Report } from '../../report/report.js'
import type { Outcome } from '../../walk/condition.js'
import type { Run } from '../../walk/walkthrough.js'
import { execute } from '../run.js'
import { type Surface, surface } from '../surface.js'

export interface Performed extends Outcome {
  readonly report?: Report
  /** What it printed, for the width that the screen has now. */
  drawn(): string
}

/** What asks for keys, or doesn't end by itself. */
const NEEDS_A_TERMINAL = /^(walk|quiz|watch|redis shell|redis serve)\b/

/**
 * Runs a command line in this process, as if it was typed in a terminal, and keeps what it prints. The report of one that
 * `isTyped` is shown whole if it is another than the one whose parts are wanted. `screen` is what it is printed for.
 */
export async function perform(
  { line, parts }: Run,
  isTyped = false,
  screen: Pick<Surface, 'env' | 'columns' | 'rows'> = surface(),
): Promise<Performed> {
  const words = splitWords(line.replace(/^\s*(\$\s+)?(npx\s+)?(cachelab\b)?/, ''))
  if (!words) return refused([], 'The quotes are not balanced.\n')
  if (NEEDS_A_TERMINAL.test(words.join(' ')))
    return refused(words, `${words[0]} needs a terminal of its own: open a second one.\n`)
  let output = ''
  let report: Report | undefined
  const drawings: (() => string)[] = []
  const draw = (text: () => string): void => {
    drawings.push(text)
    output += text()
  }
  const print = (text: string): void => draw(() => text)
  const code = await execute(words, {
    env: screen.env,
    columns: screen.columns,
    rows: screen.rows,
    stdin: Readable.from([]),
    showsProgress: false,
    print,
    warn: print,
    draw,
    choose: (whole) => {
      report = whole
      return partOf(whole, isTyped && !hasParts(whole, parts) ? [] : parts)
    },
    code: 0,
  })
  const shown = (whole: string) => (report ? whole : sectionsOf(whole, parts))
  const drawn = () => shown(drawings.map((text) => text()).join(''))
  return { words, output: shown(output), code, drawn, ...(report && { report }) }
}

const refused = (words: readonly string[], output: string): Performed => ({
  words,
  output,
  code: 2,
  drawn: () => output,
})

/** Of a text that is no report, the sections whose first lines begin so; all of it if none does. */
function sectionsOf(text: string, beginnings: readonly string[]): string {
  const begins = (section: string) =>
    beginnings.some((one) => stripVTControlCharacters(section).startsWith(one))
  const sections = text
    .trimEnd()
    .split(/\n{2,}/)
    .filter(begins)
  return sections.length > 0 ? `${sections.join('\n\n')}\n` : text
}
