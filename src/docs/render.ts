import { blocksOf, type MarkdownBlock } from '../report/blocks.js'
import type { Paint, Surface } from '../report/paint.js'
import { renderTable } from '../report/table.js'
import { renderProse } from '../walk/render.js'

/** A document for a terminal: its Markdown without marks, wrapped to the width. */
export function renderDocument(markdown: string, surface: Surface): string {
  return `${blocksOf(markdown)
    .map((block) => renderBlock(block, surface))
    .join('\n\n')}\n`
}

function renderBlock(block: MarkdownBlock, { width, paint }: Surface): string {
  const prose = (text: string, room: number) => renderProse(withoutLinks(text), room, paint)
  switch (block.kind) {
    case 'heading':
      return paint.bold(block.level === 1 ? block.text : paint.accent(block.text))
    case 'prose':
      return prose(block.text, width)
    case 'list':
      return block.items.map((item) => `• ${prose(item, width - 2).replaceAll('\n', '\n  ')}`).join('\n')
    case 'code':
      return code(block.lines, width, paint)
    case 'table':
      return table(block.rows, width, paint)
  }
}

/** Indented where there is room: what is shown was 80 columns wide. */
function code(lines: readonly string[], width: number, paint: Paint): string {
  const indent = lines.every((line) => line.length + 2 <= width) ? '  ' : ''
  return lines
    .map((line) => (line.startsWith('$ ') ? paint.accent(line) : line))
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n')
}

function table([head, ...rows]: readonly (readonly string[])[], width: number, paint: Paint): string {
  const plain = (text: string) => withoutLinks(text).replaceAll(/`|\*\*/g, '')
  return renderTable(
    {
      name: 'table',
      title: '',
      columns: head.map((label, i) => ({ key: String(i), label: plain(label) })),
      rows: rows.map((cells) => Object.fromEntries(cells.map((cell, i) => [i, plain(cell)]))),
    },
    width,
    paint,
  )
}

/** Links as text: to another document by the command that shows it, to the web by the address. */
export function withoutLinks(text: string): string {
  return text
    .replaceAll(/\[([^\]]*)\]\(([a-z-]+)\.md\)/g, '$1 (`cachelab docs $2`)')
    .replaceAll(/\[([^\]]*)\]\((https:[^)]*)\)/g, '$1 ($2)')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
}
