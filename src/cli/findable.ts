import { Command } from 'commander'
import type { Entry } from '../find/entry.js'
import type { Program, Route } from './route.js'

/** The commands with their examples and options, as each declares them. */
export async function findable(program: Program): Promise<Entry[]> {
  const known = new Set<string>()
  const entries: Entry[] = []
  // Examples of the search are no result of it.
  const others = program.routes.filter(({ path, hidden }) => !hidden && path[0] !== 'find')
  for (const route of others) entries.push(...(await entriesOf(route, program, known)))
  return entries
}

/** Whether a text wasn't known; it is then. */
const fresh = (text: string, known: Set<string>): boolean => !known.has(text) && Boolean(known.add(text))

/** A command's entries. Options and choices that an earlier command has in the same words are that command's only. */
async function entriesOf(route: Route, program: Program, known: Set<string>): Promise<Entry[]> {
  const name = `cachelab ${route.path.join(' ')}`
  const { configure, examples } = await route.load()
  const command = configure(new Command(), program)
  const options = command.options.flatMap(({ flags, description, argChoices = [] }): Entry[] => {
    const title = `${flags}: ${description}`
    if (!fresh(title, known)) return []
    const [flag] = flags.split(' ')
    const shown = examples.find(([line]) => line.split(' ').includes(flag))?.[0]
    return [{ kind: 'option', command: shown ?? `${name} --help --all`, title, text: argChoices.join(' ') }]
  })
  const [operand] = command.registeredArguments
  const names = operand?.argChoices ?? []
  const choices = fresh(names.join(' '), known) ? names : []
  const text = [command.description(), operand?.description ?? ''].join('\n')
  return [
    { kind: 'command', command: name, title: route.summary, text },
    ...examples.map(([line, shows]): Entry => ({ kind: 'example', command: line, title: shows, text: '' })),
    ...choices.map((word): Entry => {
      // The summary is about all of them: a word of it names none.
      return { kind: 'example', command: `${name} ${word}`, title: '', shows: route.summary, text: '' }
    }),
    ...options,
  ]
}
