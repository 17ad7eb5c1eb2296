import { stripVTControlCharacters } from 'node:util'
import { documents } from '../../../src/docs/index.js'
import { blocksOf } from '../../../src/report/blocks.js'
import type { CommandLine } from '../program.js'

const line = ({ words }: CommandLine) => words.join(' ')

/** What prints a script for a shell or data. */
const DATA = /^(completion|schema)\b/
/** What prints replies of a server: alone, or after each command of a script. */
const SHELL = /^redis(?! [a-z])/
const SCRIPT = /^(redis|cluster) run\b/
/** What shows the answers that come through a pipe. */
const QUIZ = /^quiz\b/
const ANSWER = /^> .*/gm
export const HELP = /^Usage: /

/** Of a script's output what is said beside its commands and their replies. */
const REMARK = /^ {2}# .*(\n {4}\S.*)*|^\((queued|no answer).*(\n {2}\S.*)*/gm
const PROMPT = /^(client:\d+)?> /m
/** A line of an expected output, and the one that came instead. */
const COMPARED = /^ {2}(expected|got) {2,}.*/gm

/** Whether replies are written as a server sends them, whatever bytes are in them. */
export const isRaw = (given: CommandLine, stdout: string): boolean =>
  !HELP.test(stdout) &&
  (SHELL.test(line(given))
    ? given.columns === undefined
    : SCRIPT.test(line(given)) && /--format[= ]raw/.test(line(given)))

/** What of the output can be broken into lines: all but data, replies of a server, and commands as they were given. */
export function breakable(given: CommandLine, stdout: string): string {
  if (DATA.test(line(given))) return ''
  if (HELP.test(stdout)) return stdout
  if (SHELL.test(line(given)) || isRaw(given, stdout)) return ''
  if (QUIZ.test(line(given))) return stdout.replace(ANSWER, '')
  if (!SCRIPT.test(line(given))) return stdout
  const begin = PROMPT.exec(stdout)?.index ?? stdout.length
  const remarks = stdout.slice(begin).match(REMARK) ?? []
  return [stdout.slice(0, begin).replace(COMPARED, ''), ...remarks].join('\n')
}

/** Lines of the documents' blocks of code: they are data. */
const codeLines = new Set(
  Object.values(documents).flatMap((text) =>
    blocksOf(text).flatMap((block) => (block.kind === 'code' ? block.lines.map((one) => one.trim()) : [])),
  ),
)

/** A single word, also one of a shell, which may be of a command to copy that goes on in the next line. */
const WORD = /^(\$ )?("([^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])*( \\)?$/
/** A command to copy. */
const COMMAND = /^(\$ |cachelab |cd |printf )/

/** Whether a line can't be broken; a command to copy can be where the width of the screen is known. */
export function isUnbreakable(one: string, isWidthKnown: boolean): boolean {
  const text = stripVTControlCharacters(one).trim()
  return WORD.test(text) || codeLines.has(text) || (COMMAND.test(text) && !isWidthKnown)
}
