import type { Command } from './command.js'
import { commands, findCommand } from './table.js'

/** Names that begin with what was typed, in upper case; subcommands behind their parent's name. */
export function completions(typed: string): string[] {
  const start = typed.trimStart().toLowerCase().replace(/\s+/g, ' ')
  return [...commands.keys()]
    .map((name) => name.replace('|', ' '))
    .filter((name) => name.startsWith(start))
    .map((name) => name.toUpperCase())
    .sort()
}

/** What is still to be typed behind words: the usage without as many of its first words. */
export function usageLeft(words: readonly string[]): string {
  const command = words.length === 0 ? undefined : findCommand(words)
  if (!command) return ''
  const given = words.length - command.name.split('|').length
  return tokens(command.usage).slice(given).join(' ')
}

/** The usage's words; what stands in brackets is one of them. */
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

/** What HELP says of a command, or of a group after an @. */
export function helpOn(name: string): string | undefined {
  if (name.startsWith('@')) {
    const group = [...commands.values()].filter((command) => command.group === name.slice(1).toLowerCase())
    return group.length === 0 ? undefined : group.map(described).join('\n')
  }
  const command = findCommand(name.trim().split(/\s+/))
  return command && described(command)
}

function described({ name, usage, summary, complexity, group }: Command): string {
  const title = `${name.replace('|', ' ').toUpperCase()} ${usage}`.trimEnd()
  return `\n  ${title}\n  what it does: ${summary}\n  complexity: ${complexity}\n  group: ${group}\n`
}
