import stringWidth from 'string-width'
import { expect } from 'vitest'
import { asciiReport, asciiText } from '../../../src/report/ascii.js'
import type { Report } from '../../../src/report/index.js'
import { plainPaint } from '../../../src/report/paint.js'
import { renderTerminal } from '../../../src/report/terminal.js'

export const WIDTHS = [40, 60, 80]

/** What stays as it was written: lines of a script, errors of a store, and a quoted word of a command to copy. */
const WHOLE = /^(\w+:\d+)?> |^\(error\) |^client:|^ +'[^']*'$/

/** Lines that don't fit a screen, and those with more than ASCII where there must be none. */
export function faults(text: string, width: number, isAscii: boolean): string[] {
  return text
    .split('\n')
    .filter((line) => (stringWidth(line) > width && !WHOLE.test(line)) || (isAscii && /[^ -~]/.test(line)))
    .map((line) => `${width} columns: ${line}`)
}

/** That a report fits 40, 60 and 80 columns, in ASCII too, and shows no number that doesn't exist. */
export function expectToFit(report: Report): void {
  for (const width of WIDTHS)
    for (const isAscii of [false, true]) {
      const screen = { width, isWidthKnown: true, isAscii, paint: plainPaint }
      const text = isAscii
        ? asciiText(renderTerminal(asciiReport(report), screen))
        : renderTerminal(report, screen)
      expect(faults(text, width, isAscii)).toEqual([])
      expect(text).not.toMatch(/NaN|Infinity|undefined|\[object/)
    }
}
