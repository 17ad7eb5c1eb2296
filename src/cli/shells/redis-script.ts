import { InputError } from '../../input-error.js'
import { type Line, MAX_LINE_BYTES, parseLine } from '../../redis/script.js'
import { inputBytes, labelOf } from '../input.js'

/** A longer script is none: it may be a pipe that never ends. */
const MAX_SCRIPT_BYTES = 100_000_000

/**
 * The commands of a whole script, so that one that is refused has not begun to run. They are parsed once to be checked
 * and once more when they are asked for: only the text is kept. Throws InputError, naming the line, for a line that
 * can't be parsed.
 */
export async function scriptLines(path: string): Promise<AsyncIterable<Line>> {
  if (path === '') throw new InputError('the script must be a file, got ""')
  const label = labelOf(path)
  const chunks: Uint8Array[] = []
  for await (const _ of parsedLines(kept(inputBytes(path), chunks), label));
  return parsedLines(chunks, label)
}

/** The chunks as they come, which are added to `chunks`. */
async function* kept(input: AsyncIterable<Uint8Array>, chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) {
    chunks.push(chunk)
    yield chunk
  }
}

async function* parsedLines(input: Input, label: string): AsyncGenerator<Line> {
  let number = 0
  for await (const text of textLines(input, label)) {
    number++
    try {
      const line = parseLine(text, number)
      if (line) yield line
    } catch (error) {
      throw error instanceof InputError ? new InputError(`${label}, ${error.message}`) : error
    }
  }
}

type Input = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** Lines as binary strings, one character per byte. */
async function* textLines(input: Input, label: string): AsyncGenerator<string> {
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
