import type { Paint, Surface } from './paint.js'
import { parameterTexts } from './parameters.js'
import { renderPlot } from './plot.js'
import { type Finding, type Report, shownReport } from './report.js'
import { renderTable } from './table.js'
import { withoutCommands } from './text.js'
import { wrap } from './wrap.js'

/** How a report is shown to a person: title, tables, plots, then what to conclude. */
export function renderTerminal(given: Report, { width, paint }: Surface): string {
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
    ...(report.plots ?? []).map((plot) => renderPlot(plot, width, paint).join('\n')),
    report.findings.map((finding) => renderFinding(finding, width, paint)).join('\n'),
  ]
  return withoutCommands(`${parts.filter((part) => part !== '').join('\n\n')}\n`)
}

function renderFinding(finding: Finding, width: number, paint: Paint): string {
  const mark = finding.ok === undefined ? '•' : finding.ok ? paint.good('✓') : paint.bad('✗')
  return wrap(finding.text, width - 2)
    .map((line, i) => (i === 0 ? `${mark} ${line}` : `  ${line}`))
    .join('\n')
}
