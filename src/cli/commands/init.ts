import { resolve } from 'node:path'
import { languageNames } from '../../grading/languages.js'
import { ciNames, makeLab } from '../../grading/new-lab.js'
import { choice } from '../options/arguments.js'
import { command, Declared, option } from '../options/declare.js'
import { write } from '../output/terminal.js'

export const { configure, examples } = command({
  description: 'Creates a lab: a folder with the starters and the tasks of the exercises.',
  operand: new Declared<string>('[folder]', 'where to create it', undefined, '.', 'here'),
  options: {
    language: option('<name>', 'which starters', choice(languageNames), 'ts'),
    ci: option('<service>', 'add the file with which this CI service grades the lab', choice(ciNames)),
    from: option(
      '<what>',
      'what the lab installs cachelab from: a tarball, a URL, a version (default: this one)',
    ),
  },
  examples: [
    ['cachelab init my-lab --language py', 'a lab in Python'],
    ['cachelab init my-lab --ci github', 'one in TypeScript, with the workflow that grades it'],
    ['cachelab init my-lab --from git+https://example.org/cachelab.git#v1', 'cachelab from a git repository'],
  ],
  async run(options, folder) {
    const files = await makeLab(folder, options)
    const enter = resolve(folder) === process.cwd() ? '' : `cd ${quoted(folder)} && `
    write(
      `${files.join('\n')}\n\n${files.length} files written. Go on with: ${enter}npm install && npm run exercises\n`,
    )
  },
})

/** A path quoted for a shell, which cd doesn't take for an option. */
function quoted(path: string): string {
  const safe = path.startsWith('-') ? `./${path}` : path
  return /^[\w./-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`
}
