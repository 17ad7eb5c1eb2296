import { basename } from 'node:path'
import { asciiText } from '../../../src/report/ascii.js'
import { printable, withoutCommands } from '../../../src/report/text.js'
import { displayWidth } from '../../../src/report/width.js'
import { shapeProblems } from '../../report/shape.js'
import type { Complaint } from '../area.js'
import type { CommandLine, Result } from '../program.js'
import { breakable, HELP, isRaw, isUnbreakable } from './verbatim.js'

/** What breaks a rule, in a line; nothing where it is kept. */
type Rule = (given: CommandLine, result: Result) => string | undefined

/** Commands that end with 1 where a check, a grade or a comparison fails. */
const CHECKING = /^(again|check|grade|redis run)\b/
/** Commands that print texts, which may name what no report may contain. */
const TEXTS = /^(docs|hint|solution|walk|quiz|redis explain|redis commands)\b/

export const CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /(?!\x1b\[[\d;]*m)[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u

const WORD = /\bundefined\b|\bNaN\b|\bInfinity\b|\[object \w+\]/

/** The line in which something is found, or what is near in a long one; the pattern itself has no `.*` around, which takes long. */
export function lineWith(pattern: RegExp, text: string): string | undefined {
  const found = pattern.exec(text)
  if (!found) return undefined
  const before = text
    .slice(Math.max(0, found.index - MAX_AROUND), found.index)
    .split('\n')
    .at(-1)
  return `${before}${text.slice(found.index, found.index + MAX_AROUND).split('\n')[0]}`.trim()
}

const MAX_AROUND = 300

const line = ({ words }: CommandLine) => words.join(' ')
const isRefused = ({ code }: Result) => code === 2

/** The value of the last --format. */
function formatOf({ words: all }: CommandLine): string {
  const words = all.includes('--') ? all.slice(0, all.indexOf('--')) : all
  const at = words.findLastIndex((word) => word === '--format' || word.startsWith('--format='))
  if (at < 0) return 'table'
  return words[at].startsWith('--format=') ? words[at].slice(9) : (words[at + 1] ?? 'table')
}

const rules: Readonly<Record<string, Rule>> = {
  'exit code': (given, { code, stderr }) => {
    if ([0, 2, 3].includes(code) || (code === 1 && CHECKING.test(line(given)) && !/^error:/m.test(stderr)))
      return
    return `${code}: ${stderr.slice(0, 300)}`
  },
  'one line says why': (_, { code, stderr }) => {
    if (code < 2 || /^error: [^\n]+\n$/.test(stderr)) return
    return JSON.stringify(stderr.slice(0, 300))
  },
  'a refusal prints nothing': (_, result) =>
    isRefused(result) && result.stdout !== '' ? JSON.stringify(result.stdout.slice(0, 200)) : undefined,
  'a refusal names the culprit': (given, result) =>
    isRefused(result) && !namesCulprit(given, result.stderr) ? result.stderr.trim() : undefined,
  'no stack trace': (_, { stdout, stderr }) =>
    lineWith(
      /^ {4}at .+:\d+|(Type|Range|Syntax|Reference)Error|is not (a function|iterable|defined)/m,
      // A file of the user's own may throw what it likes.
      stdout + stderr.replace(/, line \d+: [A-Z]\w*Error: .*/, ''),
    ),
  'no word of the language': (given, { stdout, stderr }) => {
    if (TEXTS.test(line(given))) return
    // A page's own script is in the language.
    const text = stdout.replace(/<script>.*<\/script>/s, '') + stderr
    const found = WORD.exec(text)
    return found && !givenText(given).includes(found[0]) ? lineWith(WORD, text) : undefined
  },
  'JSON of the shape': (given, { code, stdout }) =>
    formatOf(given) === 'json' &&
    !given.words.includes('--version') &&
    !HELP.test(stdout) &&
    code < 2 &&
    stdout !== ''
      ? jsonProblem(stdout)
      : undefined,
  'no wider than the screen': (given, { stdout }) => {
    if (!/^(table|text|raw)$/.test(formatOf(given))) return
    const { columns, env } = given
    const width = widthOf(given)
    const isWidthKnown = Boolean(columns || env.COLUMNS)
    const wide = breakable(given, stdout)
      .split('\n')
      .find((one) => displayWidth(one) > width && !isUnbreakable(one, isWidthKnown))
    return wide && `${displayWidth(wide)} of ${width} columns: ${JSON.stringify(wide)}`
  },
  'no control characters': (given, { stdout, stderr }) => {
    const found = lineWith(CONTROL, isRaw(given, stdout) ? stderr : stdout + stderr)
    return found && JSON.stringify(found)
  },
}

/** All that the user gave, in which a word of the language is the user's own. */
function givenText({ words, stdin }: CommandLine): string {
  return `${words.join('\n')}\n${typeof stdin === 'string' ? stdin : Buffer.from(stdin).toString()}`
}

/** Whether a message has an option, a word that was given, as it is or as JSON, or says what is missing. */
function namesCulprit({ words }: CommandLine, message: string): boolean {
  if (/--[a-z]|standard input|missing|cachelab [a-z]/.test(message)) return true
  const given = words.flatMap((word) => [word, word.slice(word.indexOf('=') + 1), basename(word)])
  const quoted = (word: string) => JSON.stringify(word).slice(1, -1)
  return given.some((word) =>
    [
      word,
      word.toWellFormed(),
      printable(word),
      asciiText(printable(word)),
      quoted(word),
      quoted(printable(word)),
      withoutCommands(printable(word)),
    ].some((form) => message.includes(form)),
  )
}

function jsonProblem(text: string): string | undefined {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    return String(error)
  }
  return shapeProblems(data)[0]
}

/** Columns of the screen, as documented: the terminal's, else COLUMNS, else 80; less than 20 isn't believed, nor more than 1000. */
function widthOf({ columns, env }: CommandLine): number {
  const width = columns ?? Number(env.COLUMNS)
  return width >= 20 ? Math.min(width, 1000) : 80
}

/** What a run of a command line did wrong. */
export function judge(given: CommandLine, result: Result, where: string): Complaint[] {
  return Object.entries(rules).flatMap(([rule, complain]) => {
    const text = complain(given, result)
    return text === undefined ? [] : [{ rule, where, text }]
  })
}
