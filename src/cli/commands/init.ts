import { Argument, type Command, Option } from 'commander'
import { type Language, languageNames } from '../../grading/languages.js'
import { type Ci, ciNames, makeLab } from '../../grading/new-lab.js'
import { choice } from '../arguments.js'
import { write } from '../terminal.js'
import { version } from '../version.js'

interface Flags {
  language: Language
  ci?: Ci
}

export const examples = [
  ['cachelab init my-lab', 'a lab in TypeScript'],
  ['cachelab init my-lab --language py', 'one in Python'],
  ['cachelab init my-lab --ci github', 'with the workflow that grades it'],
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
    .action(run)
}

async function run(folder: string, { language, ci }: Flags): Promise<void> {
  const files = await makeLab(folder, { language, ci, version })
  const enter = folder === '.' ? '' : `cd ${folder} && `
  write(`${files.join('\n')}\n\n${files.length} files written. Go on with: ${enter}npx cachelab exercises\n`)
}
