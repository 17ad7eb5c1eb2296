import { resolve } from 'node:path'
import { Argument, type Command, Option } from 'commander'
import { type Language, languageNames } from '../../grading/languages.js'
import { type Ci, ciNames, makeLab } from '../../grading/new-lab.js'
import { choice } from '../options/arguments.js'
import { write } from '../output/terminal.js'

interface Flags {
  language: Language
  ci?: Ci
  from?: string
}

export const examples = [
  ['cachelab init my-lab --language py', 'a lab in Python'],
  ['cachelab init my-lab --ci github', 'one in TypeScript, with the workflow that grades it'],
  ['cachelab init my-lab --from git+https://example.org/cachelab.git#v1', 'with cachelab from there'],
] as const

export function configure(command: Command): Command {
  return command
    .addArgument(new Argument('[folder]', 'where to make it').default('.', 'here'))
    .description('Makes a lab: the exercises’ starters, their tasks, and what else it takes to begin.')
    .addOption(
      new Option('--language <name>', 'which starters')
        .choices(languageNames)
        .default('ts')
        .argParser(choice('--language', languageNames)),
    )
    .addOption(
      new Option('--ci <service>', 'add the file that grades the lab there')
        .choices(ciNames)
        .argParser(choice('--ci', ciNames)),
    )
    .addOption(
      new Option(
        '--from <what>',
        'what the lab installs cachelab from: a tarball, a URL, a version (default: this one)',
      ),
    )
    .action(run)
}

async function run(folder: string, options: Flags): Promise<void> {
  const files = await makeLab(folder, options)
  const enter = resolve(folder) === process.cwd() ? '' : `cd ${quoted(folder)} && `
  write(
    `${files.join('\n')}\n\n${files.length} files written. Go on with: ${enter}npm install && npm run exercises\n`,
  )
}

/** A path as one word of a shell, and no option of cd's. */
function quoted(path: string): string {
  const safe = path.startsWith('-') ? `./${path}` : path
  return /^[\w./-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`
}
