import { join, resolve } from 'node:path'
import { MAX_MATRIX_JOBS, makeClassFolder } from '../../grading/class-folder.js'
import { languageNames } from '../../grading/languages.js'
import { ciNames, makeLab } from '../../grading/new-lab.js'
import { updateLab } from '../../grading/update-lab.js'
import { InputError } from '../../input-error.js'
import { countOf } from '../../report/format.js'
import { shellPath } from '../../report/shell-word.js'
import { choice, wholeNumber } from '../options/arguments.js'
import { command, Declared, flag, option } from '../options/declare.js'
import { withCommand, write } from '../output/terminal.js'

export const { configure, examples } = command({
  description:
    'Creates a lab, a folder with the starters and the tasks of the exercises, or adds new exercises to one.',
  operand: new Declared<string>('[folder]', 'where to create it', undefined, '.', 'here'),
  options: {
    language: option('<name>', 'which starters', choice(languageNames), 'ts'),
    ci: option('<service>', 'add the file with which this CI service grades the lab', choice(ciNames)),
    shards: option(
      '<count>',
      'with --ci github, instead of a lab what grades a class: a workflow that shares the folders in submissions/ out to so many machines and merges their parts',
      wholeNumber(1, MAX_MATRIX_JOBS),
    ).excludes('language'),
    from: option(
      '<what>',
      'what the lab installs cachelab from: a tarball, a URL, a version (default: this one)',
    ),
    update: flag('add the exercises that an old lab does not have; what was changed stays').excludes(
      'language',
      'ci',
      'shards',
      'from',
    ),
  },
  examples: [
    ['cachelab init my-lab --language py --ci github', 'a lab in Python, with the workflow that grades it'],
    ['cachelab init my-class --ci github --shards 8', 'for an instructor: eight machines grade a class'],
    ['cachelab init my-lab --update', 'the exercises that are new since the lab was made'],
  ],
  async run(options, folder) {
    const enter = resolve(folder) === process.cwd() ? '' : `cd ${shellPath(folder)} && `
    const goOn = (done: string) =>
      withCommand(`${done} Go on with:`, `${enter}npm install && npm run exercises`)
    if (options.update) return write(await updated(folder, goOn))
    if (options.shards) return write(classFolder(folder, options.shards, options))
    const files = await makeLab(folder, options)
    write(`${files.join('\n')}\n\n${goOn(`${files.length} files written.`)}\n`)
  },
})

function classFolder(folder: string, shards: number, options: { ci?: string; from?: string }): string {
  if (options.ci !== 'github') throw new InputError('--shards needs --ci github')
  const files = makeClassFolder(folder, shards, options.from)
  const next = `${countOf(files.length, 'file')} written. Make the folder for what is handed in, a folder each:`
  return `${files.join('\n')}\n\n${withCommand(next, `mkdir -p ${shellPath(join(folder, 'submissions'))}`)}\n`
}

/** Updates a lab, and says what became of its files. */
async function updated(folder: string, goOn: (done: string) => string): Promise<string> {
  const { exercises, added, left, there } = await updateLab(folder)
  const lists = {
    Added: added,
    'Left as they are, because they differ from what this version writes': left,
    'Already there': there,
  }
  const shown = Object.entries(lists)
    .filter(([, files]) => files.length > 0)
    .map(([title, files]) => `${title}:\n${files.map((file) => `  ${file}\n`).join('')}\n`)
    .join('')
  const end =
    exercises.length > 0
      ? goOn(`${countOf(exercises.length, 'exercise')} added: ${exercises.join(', ')}.`)
      : 'Nothing added: the lab has all exercises.'
  return `${shown}${end}\n`
}
