import { Readable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { splitWords } from '../../redis/split.js'
import { hasParts, partOf } from '../../report/part.js'
import type { Report } from '../../report/report.js'
import type { Outcome } from '../../walk/condition.js'
import type { Run } from '../../walk/walkthrough.js'
import { execute } from '../run.js'
import { type Surface, surface } from '../surface.js'

interface Performed extends Outcome {
  readonly report?: Report
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
  if (!words) return { words: [], output: 'The quotes are not balanced.\n', code: 2 }
  if (NEEDS_A_TERMINAL.test(words.join(' ')))
    return { words, output: `${words[0]} needs a terminal of its own: open a second one.\n`, code: 2 }
  let output = ''
  let report: Report | undefined
  const print = (text: string): void => {
    output += text
  }
  const code = await execute(words, {
    env: screen.env,
    columns: screen.columns,
    rows: screen.rows,
    stdin: Readable.from([]),
    showsProgress: false,
    print,
    warn: print,
    choose: (whole) => {
      report = whole
      return partOf(whole, isTyped && !hasParts(whole, parts) ? [] : parts)
    },
    code: 0,
  })
  return report ? { words, output, code, report } : { words, output: sectionsOf(output, parts), code }
}

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
