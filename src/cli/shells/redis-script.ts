import { InputError } from '../../input-error.js'
import { type Line, MAX_LINE_BYTES, parseLine } from '../../redis/script.js'
import { inputBytes, labelOf } from '../input.js'

/** A longer script is none: it may be a pipe that never ends. */
const MAX_SCRIPT_BYTES = 100_000_000

/**
 * The commands of a whole script, so that one that is refused has not begun to run. Throws InputError, naming the line,
 * for a line that can't be parsed.
 */
export async function scriptLines(path: string): Promise<Line[]> {
  if (path === '') throw new InputError('the script must be a file, got ""')
  const label = labelOf(path)
  const lines: Line[] = []
  let number = 0
  for await (const text of textLines(inputBytes(path), label)) {
    number++
    try {
      const line = parseLine(text, number)
      if (line) lines.push(line)
    } catch (error) {
      throw error instanceof InputError ? new InputError(`${label}, ${error.message}`) : error
    }
  }
  return lines
}

/** Lines as binary strings, one character per byte. */
async function* textLines(input: AsyncIterable<Uint8Array>, label: string): AsyncGenerator<string> {
  let rest = ''
  let number = 1
  let bytes = 0
  for await (const chunk of input) {
    bytes += chunk.length
    if (bytes > MAX_SCRIPT_BYTES)
      throw new InputError(`${label} is longer than 100 MB: too long for a script`)
    const lines = (rest + Buffer.from(chunk).toString('latin1')).split('\n')
    rest = lines.pop()!
    for (const line of lines) yield checked(line, label, number++)
    if (rest.length > MAX_LINE_BYTES) throw new InputError(`${label}, line ${number} is longer than 1 MB`)
  }
  if (rest !== '') yield checked(rest, label, number)
}

function checked(line: string, label: string, number: number): string {
  if (line.includes('\0')) throw new InputError(`${label} is not text: line ${number} has a zero byte`)
  const text = number === 1 ? line.replace(/^\u00ef\u00bb\u00bf/, '') : line
  return text.endsWith('\r') ? text.slice(0, -1) : text
}
