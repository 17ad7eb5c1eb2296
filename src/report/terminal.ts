import { formatCount, printable } from './format.js'
import type { Paint, Surface } from './paint.js'
import { renderPlot } from './plot.js'
import type { Cell, Finding, Report } from './report.js'
import { renderTable } from './table.js'
import { wrap } from './wrap.js'

/** How a report is shown to a person: title, tables, plots, then what to conclude. */
export function renderTerminal(report: Report, { width, paint }: Surface): string {
  const parameters = Object.entries(report.parameters)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key} ${parameter(key, value)}`)
  const parts = [
    [
      ...wrap(printable(report.title), width).map(paint.bold),
      ...(parameters.length > 0 ? wrap(printable(parameters.join(' · ')), width).map(paint.dim) : []),
    ].join('\n'),
    ...report.tables
      .filter((table) => !table.shownElsewhere)
      .map((table) => `${wrap(table.title, width).join('\n')}\n${renderTable(table, width, paint)}`),
    ...(report.plots ?? []).map((plot) => renderPlot(plot, width, paint).join('\n')),
    report.findings.map((finding) => renderFinding(finding, width, paint)).join('\n'),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function parameter(name: string, value: Cell): string {
  return typeof value === 'number' && Number.isInteger(value) && name !== 'seed'
    ? formatCount(value)
    : String(value)
}

function renderFinding(finding: Finding, width: number, paint: Paint): string {
  const mark = finding.ok === undefined ? '•' : finding.ok ? paint.good('✓') : paint.bad('✗')
  return wrap(printable(finding.text), width - 2)
    .map((line, i) => (i === 0 ? `${mark} ${line}` : `  ${line}`))
    .join('\n')
}
