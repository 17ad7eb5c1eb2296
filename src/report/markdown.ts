import { formatCell, printable } from './format.js'
import { plainPaint } from './paint.js'
import { renderPlot } from './plot.js'
import type { Report, Table } from './report.js'

const PLOT_WIDTH = 72

/** Headings, pipe tables and a list of findings, for a wiki or a pull request. */
export function renderMarkdown(report: Report): string {
  const parameters = Object.entries(report.parameters).map(([key, value]) => printable(`${key} ${value}`))
  const parts = [
    `## ${printable(report.title)}`,
    parameters.length > 0 ? `\`${report.command}\`: ${parameters.join(', ')}` : `\`${report.command}\``,
    ...report.tables.map(markdownTable),
    ...(report.plots ?? []).map(
      (plot) => `\`\`\`text\n${renderPlot(plot, PLOT_WIDTH, plainPaint).join('\n')}\n\`\`\``,
    ),
    report.findings.map((finding) => `- ${printable(finding.text)}`).join('\n'),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function markdownTable(table: Table): string {
  const isText = table.columns.map(({ key }) => table.rows.some((row) => typeof row[key] === 'string'))
  const lines = [
    table.columns.map((column) => column.label),
    isText.map((text) => (text ? ':--' : '--:')),
    ...table.rows.map((row) => table.columns.map((column) => formatCell(row[column.key], column))),
  ].map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
  return `**${table.title}**\n\n${lines.join('\n')}`
}
