import { type Plain, plain } from '../redis/present.js'
import { RedisError, type Reply, toBytes, toText } from '../redis/reply.js'
import { ask } from '../redis/script.js'
import { Server } from '../redis/server.js'
import { joinWords, splitWords } from '../redis/split.js'
import { findCommand } from '../redis/table.js'
import { work } from '../redis/values/work.js'
import { shown } from './cases.js'

/** The exercises' texts say this to learners. */
const MAX_COMMANDS = 100
const MAX_BYTES = 1 << 16
const MAX_MEMORY = 64 << 20
const LONGEST_STRING = 1 << 20
const LONGEST_WORD = 4096
const LONGEST_PATTERN = 32
/** What all commands of a world may look at: a second's work, and no more. */
const MAX_STEPS = 20_000_000
const TOO_MUCH = `all commands together have looked at more than ${MAX_STEPS.toLocaleString('en')} items`
/** Commands that go through as many structures as they name. */
const COMBINES = /^(sort|pf|sunion|sinter|sdiff|zunion|zinter|zdiff|bitop|mget|lmpop|zmpop|b[lz])/
const MAX_NAMED = 20
const GROUPS = new Set([
  ...['string', 'bitmap', 'hash', 'list', 'set', 'sorted-set', 'hyperloglog', 'generic', 'transactions'],
])
/** Commands whose cost or result size isn't bounded by the stored data. */
const REFUSED = new Set(['lcs', 'srandmember', 'hrandfield', 'zrandmember', 'bitfield', 'setrange'])

/** A reply as JSON has it: what needs more digits than a number has is a text. */
export type Answer = Exclude<Plain, bigint | readonly Plain[]> | readonly Answer[]

/** What commands came to: the last reply, and how many items, members and links all of them looked at. */
interface Ran {
  readonly reply: Answer
  readonly steps: number
}

/** Commands that a solution returned, as words; or what is wrong with them. */
export function commandsIn(value: unknown): string[][] | string {
  if (!Array.isArray(value)) return `you returned ${shown(value)}; it must be a list of Redis commands`
  if (value.length === 0) return 'you returned no command'
  if (value.length > MAX_COMMANDS)
    return `you returned ${value.length} commands; ${MAX_COMMANDS} are the most`
  const commands: string[][] = []
  for (const item of value as unknown[]) {
    const words = wordsIn(item)
    if (typeof words === 'string') return words
    const command = findCommand(words)
    if (command && (!GROUPS.has(command.group) || REFUSED.has(command.name)))
      return `you returned ${shown(item)}; ${command.name.toUpperCase()} is not for this exercise`
    const tooMuch = whyTooMuch(words, command?.name ?? '')
    if (tooMuch) return `you returned ${shown(item)}; ${tooMuch}`
    commands.push(words)
  }
  return commands
}

/** Arguments that would keep the grader busy for longer than any right solution could. */
function whyTooMuch(words: readonly string[], name: string): string | undefined {
  if (words.some((word) => word.length > LONGEST_WORD)) return `a word has ${LONGEST_WORD} bytes at most`
  if (COMBINES.test(name) && words.length > MAX_NAMED) return `it has ${MAX_NAMED} words at most`
  const hasPattern = name === 'keys' || name.endsWith('scan')
  if (hasPattern && words.some((word) => word.length > LONGEST_PATTERN)) return 'its pattern is too long'
  return undefined
}

/** A command is a line as redis-cli takes it, or a list of words. */
function wordsIn(item: unknown): string[] | string {
  const isList =
    Array.isArray(item) && item.every((word) => typeof word === 'string' || typeof word === 'number')
  const words = isList
    ? item.map((word) => toBytes(String(word)))
    : typeof item === 'string'
      ? splitWords(toBytes(item))
      : undefined
  if (!words || words.length === 0 || words[0] === '')
    return `you returned ${shown(item)}, which is no Redis command: a line such as "GET key", or a list of its words`
  return words.join(' ').length > MAX_BYTES ? 'you returned a command of more than 64 KB' : words
}

/** A store of its own on which a solution's commands run. */
export class RedisWorld {
  private readonly client
  private stepsLeft = MAX_STEPS
  private readonly server = new Server()

  constructor() {
    this.server.settings.maxmemory = MAX_MEMORY
    this.server.settings.protoMaxBulkLen = LONGEST_STRING
    this.client = this.server.connect()
  }

  /** Lets time pass, in milliseconds: what was told to expire does. */
  pass(milliseconds: number): void {
    this.server.clock.advance(milliseconds)
  }

  /** Another client of the same store, whose commands are asked one by one; an error that a command answers is thrown. */
  connect(): (words: readonly string[]) => Answer {
    const client = this.server.connect()
    return (words) => {
      const before = work.steps
      const reply = ask(client, words)
      this.stepsLeft -= work.steps - before
      if (this.stepsLeft < 0) throw new Error(TOO_MUCH)
      if (reply instanceof RedisError) throw new Error(toText(reply.text))
      return answerOf(plain(reply))
    }
  }

  /** Runs commands; gives the last reply, of a transaction the last in it, or what went wrong in a sentence. */
  run(commands: readonly (readonly string[])[]): Ran | string {
    const begun = work.steps
    let reply: Answer = null
    for (const words of commands) {
      const before = work.steps
      const answer = ask(this.client, words)
      this.stepsLeft -= work.steps - before
      if (this.stepsLeft < 0) return TOO_MUCH
      const isSeveral = words[0].toUpperCase() === 'EXEC' && Array.isArray(answer)
      const replies: readonly Reply[] = isSeveral ? (answer as readonly Reply[]) : [answer]
      const error = replies.find((one) => one instanceof RedisError)
      if (error) return `${written([words])} answered (error) ${toText(error.text)}`
      reply = answerOf(plain(replies.at(-1) ?? null))
    }
    return { reply, steps: work.steps - begun }
  }
}

function answerOf(reply: Plain): Answer {
  if (typeof reply === 'bigint') return String(reply)
  return Array.isArray(reply) ? (reply as readonly Plain[]).map(answerOf) : (reply as Answer)
}

/** Commands as one would type them. */
export const written = (commands: readonly (readonly string[])[]): string =>
  commands.map((words) => toText(unescaped(joinWords(words)))).join('; ')

/** Bytes of other scripts as they are, where they were written as \xNN. */
const unescaped = (line: string) =>
  line.replace(/\\x([89a-f][\da-f])/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)))
