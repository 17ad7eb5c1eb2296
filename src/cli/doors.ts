import { wrap } from '../report/wrap.js'
import { indentedCommand, outputWidth } from './output/terminal.js'

const WAYS = [
  ['Be led', 'cachelab walk', 'the lesson step by step: you guess, a command runs, and you see why'],
  ['Experiment', 'cachelab demo', 'four servers, 10,000 keys: what moves when one joins or leaves'],
  ['Build', 'cachelab init my-lab', 'exercises that you solve in your own editor, checked as you save'],
] as const

/** What somebody sees who runs the program without knowing what it can do. */
export function doors(): string {
  const prose = (text: string, indent = '') =>
    wrap(text, outputWidth() - indent.length).map((line) => indent + line)
  return [
    ...prose('cachelab is a laboratory for distributed caching. There are three ways in:'),
    ...WAYS.flatMap(([name, command, shows]) => [
      '',
      `${name}`,
      indentedCommand(`$ ${command}`),
      ...prose(shows, '      '),
    ]),
    '',
    ...prose('cachelab find WORDS finds commands, such as: cachelab find split brain'),
    ...prose('cachelab --help lists all commands.'),
    '',
  ].join('\n')
}
