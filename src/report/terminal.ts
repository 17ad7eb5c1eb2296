import { asciiText } from './ascii.js'
import { renderFigure } from './figure.js'
import type { Surface } from './paint.js'
import { parameterTexts } from './parameters.js'
import { type Finding, type Report, shownReport } from './report.js'
import { renderTable } from './table.js'
import { withoutCommands } from './text.js'
import { wrap, wrapCommand } from './wrap.js'

/** How a report is shown to a person: title, tables, figures, then what to conclude. */
export function renderTerminal(given: Report, surface: Surface): string {
  const { width, paint, isAscii } = surface
  const report = shownReport(given)
  const parameters = parameterTexts(report.parameters).join(' · ')
  const parts = [
    [
      ...wrap(report.title, width).map(paint.bold),
      ...(parameters === '' ? [] : wrap(parameters, width).map(paint.dim)),
    ].join('\n'),
    ...report.tables
      .filter((table) => !table.shownElsewhere)
      .map((table) => `${wrap(table.title, width).join('\n')}\n${renderTable(table, width, paint)}`),
    ...(report.figures ?? [])
      .filter((figure) => !('shownElsewhere' in figure))
      .map((figure) => renderFigure(figure, width, paint, isAscii).join('\n')),
    report.findings.map((finding) => renderFinding(finding, surface)).join('\n'),
  ]
  return withoutCommands(`${parts.filter((part) => part !== '').join('\n\n')}\n`)
}

function renderFinding({ ok, text, command }: Finding, surface: Surface): string {
  const { width, paint, isAscii } = surface
  const sign = ok === undefined ? '•' : ok ? '✓' : '✗'
  const mark = isAscii ? asciiText(sign) : sign
  const painted = ok === undefined ? mark : ok ? paint.good(mark) : paint.bad(mark)
  const indent = ' '.repeat(mark.length + 1)
  const lines = wrap(text, width - indent.length)
    .map((line, i) => (i === 0 ? `${painted} ${line}` : indent + line))
    .join('\n')
  return command === undefined ? lines : `${lines}\n${commandLines(command, `${indent}  `, surface)}`
}

/** A command line to copy, on lines of its own. */
function commandLines(command: string, indent: string, { width, isWidthKnown }: Surface): string {
  const lines = isWidthKnown ? wrapCommand(command, width - indent.length) : command
  return lines.replace(/^/gm, indent)
}
