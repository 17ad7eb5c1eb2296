import type { Client } from '../../redis/client.js'
import type { Reply } from '../../redis/reply.js'
import { Typed } from '../../redis/reply.js'
import { ask } from '../../redis/script.js'
import { Server } from '../../redis/server.js'
import { findCommand } from '../../redis/table.js'
import { work } from '../../redis/values/work.js'
import { reportOf } from '../../report/build.js'
import { formatBytes, formatCount } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { command, fillingCommands } from './templates.js'
import { type Choice, type UseCaseName, useCases } from './use-cases.js'

const REPEATS = 100

interface Measured {
  readonly commands: number
  /** Items, members and links looked at. */
  readonly steps: number
  /** Bytes of words and replies, which go through the network. */
  readonly moved: number
}

function sizeOf(reply: Reply): number {
  if (typeof reply === 'string') return reply.length
  if (reply instanceof Typed) return sizeOf(reply.items)
  return Array.isArray(reply) ? reply.reduce((sum: number, item: Reply) => sum + sizeOf(item), 0) : 8
}

/** The mean of an action, or nothing where the structure can't do it. */
function measure(client: Client, action: Choice['actions'][number], size: number): Measured | undefined {
  if (!action) return undefined
  const total = { commands: 0, steps: 0, moved: 0 }
  for (let i = 0; i < REPEATS; i++) {
    const before = work.steps
    for (const template of action) {
      const words = command(template, size, i)
      const reply = ask(client, words)
      total.commands++
      total.moved += words.reduce((sum, word) => sum + word.length, 0) + sizeOf(reply)
    }
    total.steps += work.steps - before
  }
  const mean = (sum: number) => Math.round(sum / REPEATS)
  return { commands: total.commands / REPEATS, steps: mean(total.steps), moved: mean(total.moved) }
}

/** Every plausible structure for a use case, measured on the same work. */
export function choose(name: UseCaseName, size: number = useCases[name].size): Report {
  const { title, items, actions, choices } = useCases[name]
  const bytes: number[] = []
  const rows = choices.flatMap((choice) => {
    const { server, client } = filled(choice, size)
    bytes.push(server.keyspace.usedMemory)
    return actions.map((action, i) => {
      const measured = measure(client, choice.actions[i], size)
      return {
        structure: choice.structure,
        action,
        command: measured ? shown(choice.actions[i] ?? []) : 'impossible',
        commands: measured?.commands ?? null,
        steps: measured?.steps ?? null,
        moved: measured?.moved ?? null,
        memory: server.keyspace.usedMemory,
      }
    })
  })
  return reportOf('redis choose', {
    title: `Which structure for ${title}?`,
    parameters: { useCase: name, items: `${formatCount(size)} ${items}`, repeats: REPEATS },
    tables: {
      choices: {
        title: `One action, the mean of ${REPEATS}`,
        columns: {
          structure: 'Structure',
          action: 'Action',
          command: 'Commands',
          steps: ['Steps', 'count'],
          moved: ['Bytes moved', 'count'],
        },
        rows,
      },
    },
    findings: {
      ...Object.fromEntries(
        choices.map(({ structure, remark }, i) => [
          `choice-${i}`,
          `${structure}, ${formatBytes(bytes[i])} by our model of Redis’s memory: ${remark}`,
        ]),
      ),
      lesson: `The lesson chooses: ${choices[0].structure}. Another choice is right too where its remark fits your case.`,
    },
  })
}

function filled(choice: Choice, size: number) {
  const server = new Server()
  const client = server.connect()
  for (const words of fillingCommands(choice.fill, size)) ask(client, words)
  return { server, client }
}

/** Commands by name, with the complexity of each for one item. */
function shown(templates: readonly string[]): string {
  const names = templates
    .map((template) => template.split(' ', 1)[0])
    .map((name) => `${name} ${complexityOfOne(findCommand([name])?.complexity ?? '')}`)
  return [...new Set(names)].join(', ')
}

/** Where N counts the words of the command, one item is O(1). */
function complexityOfOne(complexity: string): string {
  if (
    /^O\(N\) for N (fields$|fields set|items pushed|items given|members added|members removed)/.test(
      complexity,
    )
  )
    return 'O(1)'
  return complexity.replace(/ (a|an|for) .*/, '')
}
