import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { asciiReport, asciiText } from '../../../src/report/ascii.js'
import type { Report } from '../../../src/report/index.js'
import { plainPaint } from '../../../src/report/paint.js'
import { renderTerminal } from '../../../src/report/terminal.js'
import { lines as goldens } from '../../cli/golden-output.js'
import { cachelab } from '../../cli/in-process.js'
import { byLayer } from '../../layer.js'
import { firstOfEach, lines } from './lines.js'

const WIDTHS = [40, 60, 80]

/** What stays as it was written: lines of a script, errors of a store, and a quoted word of a command to copy. */
const WHOLE = /^(\w+:\d+)?> |^\(error\) |^client:|^ +'[^']*'$/

/** Lines that don't fit a screen, and those with more than ASCII where there must be none. */
function faults(text: string, width: number, isAscii: boolean): string[] {
  return text
    .split('\n')
    .filter((line) => (stringWidth(line) > width && !WHOLE.test(line)) || (isAscii && /[^ -~]/.test(line)))
    .map((line) => `${width} columns: ${line}`)
}

const reports = byLayer(firstOfEach(lines), lines)

test.each(reports)('%s fits 40, 60 and 80 columns, in ASCII too', async (line) => {
  const { stdout } = await cachelab([...line.split(' '), '--format', 'json'])
  const report: Report = JSON.parse(stdout)
  const shown = (width: number, isAscii: boolean) => {
    const screen = { width, isWidthKnown: true, isAscii, paint: plainPaint }
    return isAscii ? asciiText(renderTerminal(asciiReport(report), screen)) : renderTerminal(report, screen)
  }
  for (const width of WIDTHS)
    for (const isAscii of [false, true]) expect(faults(shown(width, isAscii), width, isAscii)).toEqual([])
})

/** What isn't made of a report: texts, demos, answers of a store. */
const texts = Object.entries(goldens).filter(
  ([, line]) => !lines.includes(line) && !/^(printf|completion|schema)/.test(line),
)

describe('on a terminal', () => {
  test.each(texts)('%s', async (_, line) => {
    for (const columns of WIDTHS)
      for (const locale of ['C.UTF-8', 'C']) {
        const { stdout } = await cachelab(line.split(' '), {
          columns,
          env: { LC_ALL: locale, NO_COLOR: '1' },
        })
        expect(faults(stdout, columns, locale === 'C')).toEqual([])
      }
  })
})
