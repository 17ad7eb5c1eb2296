import { Readable } from 'node:stream'
import { InputError } from '../../input-error.js'
import { firstDifference, shownValue } from '../../report/difference.js'
import type { Report } from '../../report/report.js'
import { shellWord } from '../../report/shell-word.js'
import { checkPermitted } from '../again/permitted.js'
import { type SavedReport, savedReport } from '../again/saved-report.js'
import { labelOf } from '../input.js'
import { command, flag, word } from '../options/declare.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'
import { note, noteWithReport } from '../output/terminal.js'
import { execute } from '../run.js'
import { fail, surface } from '../surface.js'

export const { configure, examples, accepts } = command({
  description:
    'Runs the command line of a report again, and says whether the result is the same. Exit code 1: it differs.',
  operand: word('<file>', 'a report, as --format json writes it; - is standard input'),
  options: {
    trust: flag(
      'run also what connects to servers, starts them, loads code or reads files elsewhere',
    ).first(),
    format: formatOption,
  },
  examples: [
    ['cachelab ring --format json > report.json; cachelab again report.json', 'the same numbers once more'],
    ['cachelab evict skew --format json | cachelab again -', 'a report from a pipe'],
    ['cachelab demo --format json | cachelab again - --format markdown', 'the new report in another format'],
  ],
  again: false,
  async run(flags, path, program) {
    const label = labelOf(path)
    const before = await savedReport(path)
    await checkPermitted({ ...before, label }, flags.trust ?? false, program)
    noteWithReport(`the command line is cachelab ${before.arguments.map(shellWord).join(' ')}`)
    const after = await repeated(before)
    if (!after) return
    surface().arguments = before.arguments
    await show(flags.format, 'running', () => after)
    judge(before, after, label)
  },
})

/** What the command line of a report makes now; undefined if it fails, which it has then said. */
async function repeated({ command, arguments: words }: SavedReport): Promise<Report | undefined> {
  const { env, showsProgress, warn } = surface()
  const path = command.split(' ')
  let report: Report | undefined
  const code = await execute([...path, '--format', 'json', ...words.slice(path.length)], {
    env,
    columns: undefined,
    rows: undefined,
    stdin: new Readable({
      read() {
        this.destroy(new InputError('what it held is not in the report'))
      },
    }),
    showsProgress,
    print: () => {},
    warn,
    choose(found) {
      report = found
      return found
    },
    code: 0,
  })
  if (code > 1) surface().code = code
  return report
}

/** Says whether a report was made again, or where the new one differs. */
function judge(before: SavedReport, after: Report, label: string): void {
  const now = JSON.parse(JSON.stringify(after)) as Report
  const found =
    firstDifference(before.tables, now.tables, 'tables') ??
    firstDifference({ ...before, arguments: null }, { ...now, arguments: null })
  if (!found) {
    note(`${label}: the result is the same, byte for byte`)
    return
  }
  const others = found.place.startsWith('tables') ? '' : 'the tables are the same, but '
  note(`${label}: ${others}${found.place} was ${shownValue(found.before)} and is ${shownValue(found.after)}`)
  fail()
}
