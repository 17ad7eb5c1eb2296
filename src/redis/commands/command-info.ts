import type { Described, KeySpecification, Run } from '../command.js'
import { hasKeys, keyReferences } from '../command-keys.js'
import { matchesGlob } from '../glob.js'
import { RedisError, type Reply, Status, syntaxError, Typed } from '../reply.js'
import type { Server } from '../server.js'

const statuses = (texts: readonly string[]) =>
  new Typed(
    'set',
    texts.map((text) => new Status(text)),
  )

/** What a command's kind of search, or of finding keys, is called, and its parameters. */
const SEARCHES = {
  index: ['index'],
  keyword: ['keyword', 'startfrom'],
  range: ['lastkey', 'keystep', 'limit'],
  keynum: ['keynumidx', 'firstkey', 'keystep'],
} as const

/** One of two searches of a key specification, or neither. */
function searched(
  specification: KeySpecification,
  one: keyof typeof SEARCHES,
  other: keyof typeof SEARCHES,
): Reply {
  const type = [one, other].find((name) => specification[name] !== undefined)
  const names: readonly string[] = type === undefined ? [] : SEARCHES[type]
  const values = type === undefined ? [] : ([specification[type]].flat() as (string | number)[])
  const spec = names.flatMap((name, i) => [name, values[i]])
  return new Typed('map', ['type', type ?? 'unknown', 'spec', new Typed('map', spec)])
}

function specified(specification: KeySpecification): Reply {
  const { notes, flags } = specification
  const begins = searched(specification, 'index', 'keyword')
  const finds = searched(specification, 'range', 'keynum')
  const items: Reply[] = ['flags', statuses(flags), 'begin_search', begins, 'find_keys', finds]
  return new Typed('map', notes === undefined ? items : ['notes', notes, ...items])
}

/** A command's or container's entry in the reply of COMMAND. */
function entryOf(server: Server, facts: Described): Reply {
  const { name, arity, flags, keys, categories, tips, specifications } = facts
  const subcommands = server.subcommandsOf(name).map((command) => entryOf(server, command))
  return [
    ...[name, arity, statuses(flags), ...keys, statuses(categories), new Typed('set', tips)],
    new Typed('set', specifications.map(specified)),
    subcommands.length > 0 ? subcommands : new Typed('set', []),
  ]
}

/** The same of COMMAND DOCS. */
function docsOf(server: Server, name: string): Reply {
  const subcommands = server.subcommandsOf(name)
  const { since } = server.describe(name)!
  const { summary, group, complexity } = server.commands.get(name) ?? {
    summary: `has subcommands, which ${name.toUpperCase()} HELP shows`,
    group: subcommands[0].group,
    complexity: 'depends on the subcommand',
  }
  const docs: Reply[] = ['summary', summary, 'since', since, 'group', group, 'complexity', complexity]
  if (subcommands.length > 0)
    docs.push(
      'subcommands',
      new Typed(
        'map',
        subcommands.flatMap((command) => [command.name, docsOf(server, command.name)]),
      ),
    )
  return new Typed('map', docs)
}

export const commandEntries: Run = ({ server }, argv) => {
  const names = argv.length > 2 ? argv.slice(2) : server.topLevel
  return names.map((name) => {
    const facts = server.describe(name.toLowerCase())
    return facts ? entryOf(server, facts) : null
  })
}

export const commandDocs: Run = ({ server }, [, , ...names]) => {
  const chosen = (names.length > 0 ? names.map((name) => name.toLowerCase()) : server.topLevel).filter(
    (name) => server.describe(name),
  )
  return new Typed(
    'map',
    chosen.flatMap((name) => [name, docsOf(server, name)]),
  )
}

/** The keys among the words of a command, as `tell` makes them of each word and its flags. */
export const commandKeys =
  (tell: (key: string, flags: readonly string[]) => Reply): Run =>
  ({ server }, argv) => {
    const words = argv.slice(2)
    const command = server.find(words)
    if (!command) throw new RedisError('ERR Invalid command specified')
    if (!hasKeys(command)) throw new RedisError('ERR The command has no key arguments')
    const { arity, flags } = command
    if (arity > 0 ? words.length !== arity : words.length < -arity)
      throw new RedisError('ERR Invalid number of arguments specified for command')
    const keys = keyReferences(command, words)
    if (keys.length === 0 && !flags.includes('no_mandatory_keys'))
      throw new RedisError('ERR Invalid arguments specified for command')
    return keys.map((key) => tell(words[key.place], key.flags))
  }

export const flagged = (key: string, flags: readonly string[]): Reply => [key, statuses(flags)]

/** COMMAND LIST's filters by kind. No command comes from a module. */
const filters: Readonly<Record<string, (facts: Described, text: string) => boolean>> = {
  MODULE: () => false,
  ACLCAT: ({ categories }, text) => categories.includes(`@${text.toLowerCase()}`),
  PATTERN: ({ name }, text) => matchesGlob(text.toLowerCase(), name),
}

export const commandList: Run = ({ server }, argv) => {
  const names = server.topLevel.flatMap((name) => [
    name,
    ...server.subcommandsOf(name).map((command) => command.name),
  ])
  if (argv.length === 2) return names
  const [, , word, kind, text] = argv
  const filter =
    word.toUpperCase() === 'FILTERBY' && argv.length === 5 ? filters[kind.toUpperCase()] : undefined
  if (!filter) throw syntaxError()
  return names.filter((name) => filter(server.describe(name)!, text))
}
