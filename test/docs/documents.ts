import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import { createProgram } from '../../src/cli/program.js'
import { children, routes } from '../../src/cli/routes.js'
import { threatTable } from '../../src/grading/isolation/threats.js'
import { shell } from '../cli/in-process.js'
import { root } from '../cli/run.js'
import { isThorough } from '../layer.js'

/** Every document's path from the project's folder. */
export const documentPaths = [
  'README.md',
  'src/README.md',
  ...readdirSync(join(root, 'src/docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `src/docs/${name}`),
]

export const readDocument = (path: string) => readFileSync(join(root, path), 'utf8')

/** The contents of all fenced blocks of a language. */
export function blocksIn(text: string, language: string): string[] {
  const fenced = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm')
  return [...text.matchAll(fenced)].map((match) => match[1])
}

/** Blocks that take seconds: their output is compared in the thorough layer only. */
const LONG = /cachelab (evict$|replicate check|sentinel run|tiers|ring sweep|redis choose|redis durability)/
/** Commands of the exercises: those of a document run in one folder, one after the other. */
const IN_LAB = /^(cachelab (init|check|hint|grade) |echo .* > )/

/** A document as it would be with what its commands print now, and with the tables that are made from the code. */
export async function regenerated(path: string, lab: string): Promise<string> {
  let text = readDocument(path)
  if (path.endsWith('/commands.md')) text = withTable(text, '| command |', await commandTable())
  if (path.endsWith('/grading.md')) {
    text = withTable(text, '|  | bubblewrap |', threatTable())
    for (const block of blocksIn(readDocument('src/docs/exercises.md'), 'console').slice(0, 2))
      await shell(commandOf(block), { cwd: lab })
  }
  for (const block of blocksIn(text, 'console')) {
    const command = commandOf(block)
    if (LONG.test(command) && !isThorough) continue
    const { stdout, stderr } = await shell(command, { cwd: IN_LAB.test(command) ? lab : root })
    if (/^error:/m.test(stderr)) throw new Error(`${command}: ${stderr}`)
    text = text.replace(`\`\`\`console\n${block}\`\`\``, () => `\`\`\`console\n$ ${command}\n${stdout}\`\`\``)
  }
  return text
}

const commandOf = (block: string) => block.split('\n')[0].replace(/^\$ /, '')

/** The text with another table in the place of the one that begins with a head. */
function withTable(text: string, head: string, table: string): string {
  const from = text.indexOf(head)
  if (from < 0) throw new Error(`no table begins with ${head}`)
  return text.slice(0, from) + table + text.slice(text.indexOf('\n\n', from) + 1)
}

/** Every command with its operands, and what it shows: as the routes say. */
async function commandTable(): Promise<string> {
  const lines = ['| command | what it shows |', '| :-- | :-- |']
  for (const { path, summary, hidden, load } of routes) {
    if (hidden) continue
    const { registeredArguments } = (await load()).configure(new Command(), {
      routes,
      children,
      createProgram,
    })
    const operands = registeredArguments.map((operand) => {
      const name = operand.name() + (operand.variadic ? '…' : '')
      return operand.required ? ` <${name}>` : ` [${name}]`
    })
    lines.push(`| \`cachelab ${path.join(' ')}${operands.join('')}\` | ${summary} |`)
  }
  return `${lines.join('\n')}\n`
}

/** The cachelab commands that a document tells people to run: in its text and in its blocks of shell. */
export function commandsIn(text: string): string[] {
  const own =
    text.slice(0, text.indexOf('| command |')) + text.replace(/^[\s\S]*?\n\| command \|.*\n(\|.*\n)*/, '')
  const prose = own.replaceAll(/^```[\s\S]*?^```$/gm, '')
  const inText = [...prose.matchAll(/`(?:npx )?(cachelab [^`]+)`/g)].map(([, line]) =>
    line.replaceAll('\n', ' '),
  )
  const inShell = [...blocksIn(text, 'sh'), ...blocksIn(text, 'console')]
    .flatMap((block) => block.split('\n'))
    .flatMap((line) => /^(?:\$ )?(?:npx )?(cachelab .*?)(?: [|>] .*)?$/.exec(line)?.[1] ?? [])
  return [...new Set([...inText, ...inShell])]
}

/** Reads a command line as cachelab would, up to running it. Throws where an option or a value is refused. */
export async function parseCommand(line: string): Promise<void> {
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3],
  )
  const argv = words.slice(words[1] === 'help' ? 2 : 1).filter((word) => word !== '--help')
  const program = await createProgram(argv, '')
  let command = program
  for (const word of argv) {
    const next = command.commands.find((candidate) => candidate.name() === word)
    if (!next) break
    command = next
  }
  if (command === program) throw new Error(`there is no command ${line}`)
  // A command that is only named needs no operands.
  if (routes.some(({ path }) => path.join(' ') === argv.join(' '))) return
  command.action(() => {}).configureOutput({ outputError: () => {} })
  await program.parseAsync(argv, { from: 'user' })
}

/** Links to files of this project that lead nowhere, and to headings that there are not. */
export function brokenLinks(path: string): string[] {
  const prose = readDocument(path).replaceAll(/^```[\s\S]*?^```$/gm, '')
  const links = [...prose.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link)
  return links.filter((link) => {
    if (link.startsWith('https://')) return false
    const [file, anchor] = link.split('#')
    const target = file === '' ? path : join(dirname(path), file)
    if (!existsSync(join(root, target))) return true
    return anchor !== undefined && !anchors(readDocument(target)).includes(anchor)
  })
}

/** What GitHub calls the headings of a document. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
