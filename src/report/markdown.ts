import { renderFigure } from './figure.js'
import { formatCell } from './format.js'
import { markdownBlock, markdownCode, markdownRow, markdownText } from './markdown-text.js'
import { plainPaint } from './paint.js'
import { parameterTexts } from './parameters.js'
import { type Finding, type Report, shownReport, type Table } from './report.js'
import { withoutCommands } from './text.js'

const FIGURE_WIDTH = 72

/** Headings, pipe tables and a list of findings, for a wiki or a pull request. */
export function renderMarkdown(report: Report): string {
  const { title, command, parameters, tables, figures = [], findings } = shownReport(report)
  const settings = parameterTexts(parameters).map(markdownText).join(', ')
  const parts = [
    `## ${markdownText(title)}`,
    `${markdownCode(command)}${settings === '' ? '' : `: ${settings}`}`,
    ...tables.map(markdownTable),
    ...figures
      .filter((figure) => !('shownElsewhere' in figure))
      .map((figure) => markdownBlock(renderFigure(figure, FIGURE_WIDTH, plainPaint).join('\n'))),
    findings.map(markdownFinding).join('\n'),
  ]
  return withoutCommands(`${parts.filter((part) => part !== '').join('\n\n')}\n`)
}

/** An item of a list, with its command as a block of code within it. */
function markdownFinding({ text, command }: Finding): string {
  const item = `- ${markdownText(text)}`
  return command === undefined ? item : `${item}\n${markdownBlock(command, 'sh').replace(/^/gm, '  ')}`
}

function markdownTable({ title, columns, rows }: Table): string {
  const isText = columns.map(({ key }) => rows.some((row) => typeof row[key] === 'string'))
  const lines = [
    columns.map((column) => markdownText(column.label)),
    isText.map((text) => (text ? ':--' : '--:')),
    ...rows.map((row) =>
      columns.map((column, i) => {
        const cell = formatCell(row[column.key], column)
        if (column.code && cell !== '') return markdownCode(cell)
        return isText[i] ? markdownText(cell) : cell
      }),
    ),
  ].map(markdownRow)
  return `**${markdownText(title)}**\n\n${lines.join('\n')}`
}
