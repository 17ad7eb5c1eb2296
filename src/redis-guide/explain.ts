import { InputError } from '../input-error.js'
import type { Command } from '../redis/command.js'
import { keysIn } from '../redis/command-keys.js'
import { pretty } from '../redis/present.js'
import { ask } from '../redis/script.js'
import { Server } from '../redis/server.js'
import { joinWords } from '../redis/split.js'
import { commands, findCommand } from '../redis/table.js'
import { draw } from './drawing.js'
import { exampleWord, mistakesOf, preparationFor, sampleFor } from './explanations.js'
import { type Part, parseUsage } from './usage.js'

export interface Explanation {
  readonly command: Command
  readonly line: string
  /** Commands that filled the store before it. */
  readonly given: readonly string[]
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly reply: string
  readonly mistakes: readonly string[]
}

/**
 * Runs a command on a small store. A name without arguments gets example arguments. `given` are commands that fill the
 * store first; without any, the keys get the lesson's examples, but for SET with NX, which is shown on a key that doesn't exist.
 */
export function explain(words: readonly string[], given: readonly (readonly string[])[] = []): Explanation {
  const command = findCommand(words)
  if (!command)
    throw new InputError(`there is no Redis command ${JSON.stringify(words.join(' '))}${nearby(words)}`)
  const isBare = words.length === command.name.split('|').length
  const line = isBare ? [...words, ...exampleWords(command, parseUsage(command.usage), [])] : words
  const client = new Server().connect()
  const keys = [...new Set(keysIn(command, line))]
  const creates = command.name === 'set' && line.slice(3).some((word) => /^nx$/i.test(word))
  const filling =
    given.length > 0 || creates
      ? given
      : (preparationFor(command) ?? keys.flatMap((key, i) => sample(command, key, i, keys.length)))
  for (const filler of filling) ask(client, filler)
  const drawn = () => keys.flatMap((key) => draw(key, client.db.get(key)))
  const before = drawn()
  const reply = pretty(ask(client, line))
  return {
    command,
    before,
    reply,
    mistakes: mistakesOf(command),
    line: joinWords(line),
    given: filling.map((filler) => joinWords(filler)),
    after: drawn(),
  }
}

function nearby(words: readonly string[]): string {
  const inside = [...commands.keys()].filter((name) => name.startsWith(`${words[0]?.toLowerCase()}|`))
  return inside.length > 0
    ? `; it needs one of ${inside.map((name) => name.split('|')[1].toUpperCase()).join(', ')}`
    : ''
}

/** Fills the keys of an example, except a first key that the command only writes. */
function sample(command: Command, key: string, place: number, count: number): (readonly string[])[] {
  if (count > 1 && place === 0 && /store$|^bitop$|^pfmerge$/.test(command.name)) return []
  const words = sampleFor(command, key, place)
  return words ? [words] : []
}

/** The required words of a usage, with an example for each value. */
function exampleWords(command: Command, parts: readonly Part[], words: string[]): string[] {
  for (const part of parts) {
    if (part.kind === 'word') words.push(part.text)
    else if (part.kind === 'choice') exampleWords(command, part.parts.slice(0, 1), words)
    else if (part.kind === 'sequence') exampleWords(command, part.parts, words)
    else if (part.kind === 'value') {
      const isFirst = !words.includes(exampleWord(command, 'key', true))
      words.push(...exampleWord(command, part.name, isFirst).replaceAll('"', '').split(' '))
      if (words.at(-2) === '2' && part.name === 'key') words.push(exampleWord(command, 'key', false))
    } else if (/^(sinter|sunion|sdiff)(store)?$/.test(command.name) && part.kind === 'repeated') {
      words.push(exampleWord(command, 'key', false))
    }
  }
  return words
}
