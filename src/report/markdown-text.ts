import { printable, printableLines } from './text.js'

/** What GitHub and GitLab make links, notices, emoji or formulas of, also where it is escaped; but not in code. */
const LINKED = /[@#!&~%][\w"]|\$|:\/\/|www\.|\b(?:mailto|xmpp|tel|gh-\d)|:[\w+-]+:/i

/**
 * A text as a line of Markdown that reads as the text and is nothing else: no heading, list, emphasis, link, picture,
 * HTML or mention. Words that would become links by themselves are shown as code.
 */
export function markdownText(text: string): string {
  const line = printable(text.replace(/\s+/g, ' ').trim())
  const words = line.split(' ').map((word) => (LINKED.test(word) ? markdownCode(word) : escaped(word)))
  // At the beginning of a line these begin lists, quotes, rules and definitions.
  return words.join(' ').replace(/^(\d*)([-+=:.)])/, '$1\\$2')
}

function escaped(word: string): string {
  return word.replace(/[\\`*_[\]<>#~&^]/g, (sign) => {
    if (sign === '<') return '&lt;'
    return sign === '&' ? '&amp;' : `\\${sign}`
  })
}

/** A text as code within a line, between more backticks than it has in a row. */
export function markdownCode(text: string): string {
  const shown = printable(text)
  const fence = '`'.repeat(longestRun(shown) + 1)
  const space = /^[ `]|[ `]$/.test(shown) ? ' ' : ''
  return `${fence}${space}${shown}${space}${fence}`
}

/** Lines as a block of code. */
export function markdownBlock(text: string, language = 'text'): string {
  const shown = printableLines(text)
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1))
  return `${fence}${language}\n${shown}\n${fence}`
}

/** A row of a table; its cells are Markdown. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0)
}
