import { finder } from '../../find/report.js'
import { texts } from '../../find/texts.js'
import { InputError } from '../../input-error.js'
import { wrap } from '../../report/wrap.js'
import { findable } from '../findable.js'
import { command, words } from '../options/declare.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'
import { commandLine, outputPaint, outputWidth, withCommand, write } from '../output/terminal.js'

/** Lines of a screen of 24, with one left for the prompt. */
const MAX_LINES = 23

export const { configure, examples, accepts } = command({
  description:
    'Finds commands to run by words: in commands, options, examples, documents, walkthroughs, questions, exercises and Redis commands.',
  operand: words('<word...>', 'what to look for; endings and typing errors matter little'),
  options: { format: formatOption },
  examples: [
    ['cachelab find split brain', 'two masters, and how to prevent them'],
    ['cachelab find vnodes', 'virtual nodes, by either name'],
    ['cachelab find hit ratio --format json', 'for a script'],
  ],
  async run({ format }, asked, program) {
    const phrase = asked.join(' ').trim()
    if (phrase === '') throw new InputError('name a word to look for, such as eviction')
    const report = finder([...(await findable(program)), ...texts()])(phrase)
    if (format !== 'table') return show(format, 'searching', () => report)
    const { bold } = await outputPaint()
    const width = outputWidth()
    const lines = report.findings.flatMap(({ text, command }) =>
      command === undefined ? wrap(text, width) : withCommand(text, command).split('\n'),
    )
    let height = lines.length
    for (const { command, title } of report.tables[0].rows) {
      const toCopy = commandLine(String(command)).split('\n')
      height += toCopy.length + 1
      if (height > MAX_LINES) break
      lines.push(...toCopy.map(bold), `    ${shortened(String(title), width - 4)}`)
    }
    write(`${lines.join('\n')}\n`)
  },
})

/** A text in one line of at most `width` characters. */
function shortened(text: string, width: number): string {
  const [first, ...rest] = wrap(text, width - 2)
  return rest.length === 0 ? first : `${first} …`
}
