import type { Command } from '../redis/command.js'
import { commands, findCommand } from '../redis/table.js'

/** Command names that begin with a text, in upper case; subcommands follow their parent's name. */
export function completions(typed: string): string[] {
  const start = typed.trimStart().toLowerCase().replace(/\s+/g, ' ')
  return [...commands.keys()]
    .map((name) => name.replace('|', ' '))
    .filter((name) => name.startsWith(start))
    .map((name) => name.toUpperCase())
    .sort()
}

/** The part of a command's usage that its words haven't filled yet. */
export function usageLeft(words: readonly string[]): string {
  const command = words.length === 0 ? undefined : findCommand(words)
  if (!command) return ''
  let left = tokens(command.usage)
  for (const word of words.slice(command.name.split('|').length)) left = afterWord(left, word)
  return left.join(' ')
}

/** The usage after one more word, which fills the next value or names an option; skipped options are left out. */
function afterWord(left: readonly string[], word: string): string[] {
  const [token, ...rest] = left
  if (token === undefined) return []
  if (!token.startsWith('[')) return rest
  const named = token
    .slice(1, -1)
    .split(' | ')
    .map((choice) => choice.split(' '))
    .find(([name]) => name === word.toUpperCase())
  if (named) return [...named.slice(1), ...rest]
  const isOption = /^\[[A-Z]/.test(token)
  // A repeatable part stays.
  return isOption ? afterWord(rest, word) : [...left]
}

/** The tokens of a usage; a part in brackets is one token. */
function tokens(usage: string): string[] {
  const found: string[] = []
  let depth = 0
  for (const word of usage.split(' ').filter(Boolean)) {
    if (depth === 0) found.push(word)
    else found[found.length - 1] += ` ${word}`
    depth += (word.match(/[[<]/g)?.length ?? 0) - (word.match(/[\]>]/g)?.length ?? 0)
  }
  return found
}

/** The help on a command, or on a group after an @. */
export function helpOn(name: string): string | undefined {
  if (name.startsWith('@')) {
    const group = [...commands.values()].filter((command) => command.group === name.slice(1).toLowerCase())
    return group.length === 0 ? undefined : `\n${group.map(inShort).join('')}`
  }
  const command = findCommand(name.trim().split(/\s+/))
  return command && described(command)
}

const titleOf = ({ name, usage }: Command) => `${name.replace('|', ' ').toUpperCase()} ${usage}`.trimEnd()

const inShort = (command: Command) => `  ${titleOf(command)}\n      ${command.summary}\n`

function described(command: Command): string {
  const { summary, complexity, group } = command
  return `\n  ${titleOf(command)}\n  what it does: ${summary}\n  complexity: ${complexity}\n  group: ${group}\n`
}
