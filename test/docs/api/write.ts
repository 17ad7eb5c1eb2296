import { Command } from 'commander'
import { createProgram } from '../../../src/cli/program.js'
import { children, routes } from '../../../src/cli/routes.js'
import type { Export, Member } from './declaration.js'
import type { ReportShape } from './examples.js'
import type { Page } from './read.js'

/** The name of a page's file: `eviction.md`, and `cachelab.md` for the path of everything. */
export const fileOf = ({ path }: Page) => `${path.split('/').at(-1)}.md`

/** A page of the reference: what a path exports, values before types; `reports` are those of the examples. */
export async function writePage(page: Page, reports: readonly ReportShape[]): Promise<string> {
  const exports = [...page.exports].sort((a, b) => Number(a.kind === 'type') - Number(b.kind === 'type'))
  const rows = exports.map(({ name, kind, doc }) =>
    row([`[\`${name}\`](#${name.toLowerCase()})`, kind, first(doc)]),
  )
  const sections = await Promise.all(exports.map((each) => writeExport(each, reports)))
  const table = ['| export | kind | what it is |', '|---|---|---|', ...rows].join('\n')
  return `${[`# ${page.path}`, page.doc, NOTE, table, ...sections].join('\n\n')}\n`
}

const NOTE =
  'Made from the doc comments by `npm run api`. [Library](../library.md) says how options are given, and what a report is.'

async function writeExport(described: Export, reports: readonly ReportShape[]): Promise<string> {
  const { name, signature, doc, examples, members, command } = described
  const parts = [`## ${name}`, fenced(wrapped(signature)), doc]
  if (members.length > 0) parts.push(members.map(writeMember).join('\n'))
  if (command) parts.push(...(await writeCommand(command)))
  parts.push(...examples.map(fenced))
  const report = reports.find((each) => each.command === command)
  if (report) parts.push(writeReport(report))
  return parts.filter((part) => part !== '').join('\n\n')
}

const fenced = (code: string) => `\`\`\`ts\n${code}\n\`\`\``

const writeMember = ({ signature, doc }: Member) =>
  `- \`${signature}\`${doc === '' ? '' : `: ${doc.replaceAll(/\s*\n\s*/g, ' ')}`}`

/** A function that is too long for a line has one parameter a line. */
const wrapped = (signature: string) =>
  signature.length <= 110
    ? signature
    : signature.replace(
        /^(\w+(?:<\w+>)?)\((.*)\)(?=: )/,
        (_, name: string, inner: string) => `${name}(\n  ${inner.replaceAll(/, (?=\w+\??: )/g, ',\n  ')}\n)`,
      )

/** The tables and conclusions of an example's report. */
function writeReport({ tables, findings }: ReportShape): string {
  const lines = tables.map(({ name, columns }) => `- table \`${name}\`: ${columns.join(', ')}`)
  const ids = [...new Set(findings)].map((id) => `\`${id}\``)
  if (ids.length > 0) lines.push(`- findings: ${ids.join(', ')}`)
  return `The report of the example has:\n\n${lines.join('\n')}`
}

/** The command that an experiment runs, its operands, and its options with their defaults: as the command declares them. */
async function writeCommand(command: string): Promise<string[]> {
  const module = await routes.find(({ path }) => path.join(' ') === command)!.load()
  const { options, registeredArguments } = module.configure(new Command(), {
    routes,
    children,
    createProgram,
  })
  const operands = registeredArguments.map(
    (operand) => `\`operands\`: ${operand.description}${operand.required ? '' : ', if there are any'}.`,
  )
  const rows = options
    .filter(
      (option) => !option.hidden && !['format', 'open', 'shard', 'verbose'].includes(option.attributeName()),
    )
    .map((option) => {
      const { argChoices, defaultValue, defaultValueDescription, flags, description } = option
      const value = argChoices?.map((each) => `\`${each}\``).join(', ') ?? /[<[].*/.exec(flags)?.[0]
      const initial = defaultValueDescription ?? String(defaultValue ?? '')
      return row([
        `\`${option.attributeName()}\``,
        value ? escapeAngles(value) : 'boolean',
        initial,
        description,
      ])
    })
  return [
    [`It is \`cachelab ${command}\` as a function.`, ...operands].join(' '),
    ['| option | value | default | what it is |', '|---|---|---|---|', ...rows].join('\n'),
  ]
}

const row = (cells: readonly string[]) =>
  `| ${cells.map((cell) => cell.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`

const escapeAngles = (shape: string) => (/^[<[]/.test(shape) ? `\`${shape}\`` : shape)

/** The first sentence: up to a full stop that ends it, or a colon before a list. */
const first = (doc: string) => /^[\s\S]*?[.:](?=\s|$)/.exec(doc)?.[0].replace(/:$/, '.') ?? doc
