import type { Command } from '../../redis/command.js'
import { commands } from '../../redis/table.js'
import { reportOf } from '../../report/build.js'
import type { Report } from '../../report/index.js'

export const groupNames = [...new Set([...commands.values()].map(({ group }) => group))]

/** Which commands the store has, and what each costs. */
export function redisCommands(group?: string): Report {
  const chosen = [...commands.values()].filter((command) => group === undefined || command.group === group)
  return reportOf('redis commands', {
    title: `Redis commands: ${chosen.length} of Redis 7.0`,
    parameters: { group: group ?? null },
    tables: {
      commands: {
        title: 'Commands',
        columns: { command: 'Command', summary: 'What it does', complexity: 'Complexity' },
        rows: chosen.map(row),
      },
    },
    findings: {
      unknown: {
        text: 'Any other command gets Redis’s reply to an unknown command. More about one of these:',
        command: `cachelab redis explain ${row(chosen[0]).command}`,
      },
    },
  })
}

function row({ name, summary, complexity, group, usage, arity }: Command) {
  return { command: name.replace('|', ' ').toUpperCase(), summary, complexity, group, usage, arity }
}
