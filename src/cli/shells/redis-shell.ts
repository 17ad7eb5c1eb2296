import { createInterface, type Interface } from 'node:readline'
import { endProcess } from '../../at-end.js'
import { InputError } from '../../input-error.js'
import { toBytes, toText } from '../../redis/reply.js'
import { type LineResult, parseLine, RedisSession } from '../../redis/script.js'
import type { Server } from '../../redis/server.js'
import { splitWords } from '../../redis/split.js'
import { completions, helpOn, usageLeft } from '../../redis-guide/advice.js'
import { loadState, saveState, stateFile } from '../../saved-state.js'
import { suggestion } from '../options/arguments.js'
import { INTERRUPTED, outputPaint, write } from '../output/terminal.js'
import { SILENCE, shownReply } from './redis-transcript.js'

const TICK_MS = 50
const MAX_REMEMBERED = 500
const WELCOME = `A store of your own that answers as Redis 7 does. Try: SET lesson 7
help SET explains a command, Tab completes, Ctrl-D ends.
`
const HELP = `
  help SET          what a command does, and what it costs
  help @list        a group: string, hash, list, set, sorted-set, bitmap, hyperloglog,
                    stream, generic, transactions, pubsub, connection, server
  client:2> CMD     sends it from a second client; try BLPOP there, and RPUSH here
  DEBUG SLEEP 60    lets a minute pass at once
  quit, Ctrl-D      ends the shell; nothing is kept
`

/** A shell for the store in a terminal. */
export class RedisShell {
  private readonly session: RedisSession
  private readonly reader: Interface
  private number = 0
  private dim = (text: string) => text
  /** Whether a command is running now, whose reply needs no heading. */
  private isRunning = false

  constructor(server: Server) {
    this.session = new RedisSession(server, (outcome) => this.show(outcome))
    this.reader = createInterface({
      input: process.stdin,
      output: process.stdout,
      history: savedHistory(),
      historySize: MAX_REMEMBERED,
      removeHistoryDuplicates: true,
      completer: (line: string) => complete(line),
    })
  }

  async run(): Promise<void> {
    const paint = await outputPaint()
    this.dim = paint.dim
    write(WELCOME)
    this.prompt()
    process.stdin.on('keypress', () => setImmediate(() => this.hint()))
    const ticking = setInterval(() => this.session.server.tick(), TICK_MS)
    this.reader.on('SIGINT', () => this.interrupted())
    await new Promise<void>((resolve) => {
      this.reader.on('close', resolve)
      this.reader.on('history', (lines) => saveState(historyFile(), { lines }))
      this.reader.on('line', (line) => this.take(line))
    })
    clearInterval(ticking)
    write('\n')
  }

  private prompt(): void {
    const { db } = this.session.clientOf(1)
    this.reader.setPrompt(db.index === 0 ? 'cachelab> ' : `cachelab[${db.index}]> `)
    this.reader.prompt()
  }

  /** Ctrl-C cancels a waiting command, or else ends the program. */
  private interrupted(): void {
    const { waiting } = this.session.clientOf(1)
    if (!waiting) {
      this.reader.close()
      endProcess(INTERRUPTED)
      return
    }
    this.session.server.blocking.release(this.session.clientOf(1), waiting.late ?? null)
    this.prompt()
  }

  private take(text: string): void {
    process.stdout.write('\u001b[K')
    const words = text.trim().split(/\s+/)
    if (/^(quit|exit)$/i.test(text.trim())) {
      this.reader.close()
      return
    }
    if (/^(help|\?)$/i.test(words[0])) write(help(words.slice(1).join(' ')))
    else this.execute(text)
    this.prompt()
  }

  private execute(text: string): void {
    try {
      const line = parseLine(toBytes(text), ++this.number)
      if (!line) return
      if (this.session.clientOf(line.client).waiting) {
        write('This client is still waiting; Ctrl-C cancels that. Use client:2> meanwhile.\n')
        return
      }
      this.isRunning = true
      const outcome = this.session.run(line)
      if (outcome.replies.length === 0 && !outcome.silence) write(this.dim('(waits)\n'))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      write(`Invalid argument(s): ${error.message.replace(/^line \d+:? ?/, '')}\n`)
    } finally {
      this.isRunning = false
    }
  }

  private show({ client, line, replies, silence }: LineResult): void {
    const heading =
      line && this.isRunning ? '' : this.dim(`\r\u001b[Kclient ${client}, ${reason(line?.text)}\n`)
    write(heading + (silence ? this.dim(`(${SILENCE[silence]})\n`) : replies.map(shownReply).join('')))
    if (!this.isRunning) this.prompt()
  }

  /** Shows the arguments that are still missing, dim behind the cursor. */
  private hint(): void {
    const { line, cursor } = this.reader
    if (cursor !== line.length) return
    const words = splitWords(line.replace(/^\s*client:\d+>\s*/, '')) ?? []
    const left = line.endsWith(' ') ? usageLeft(words) : ''
    const room = (process.stdout.columns || 80) - line.length - this.reader.getPrompt().length - 1
    const shown = room < 2 ? '' : left.length > room ? `${left.slice(0, Math.max(0, room - 1))}…` : left
    process.stdout.write(shown === '' ? '\u001b[K' : `\u001b[s${this.dim(shown)}\u001b[K\u001b[u`)
  }
}

const historyFile = () => stateFile('redis-history.json')

/** Lines of earlier sessions, the last one first. */
function savedHistory(): string[] {
  const { lines } = loadState<{ lines: unknown }>(historyFile())
  return Array.isArray(lines) ? lines.filter((line) => typeof line === 'string') : []
}

const reason = (text: string | undefined) =>
  text === undefined ? 'a message:' : `the reply to ${toText(text)}:`

function complete(line: string): [string[], string] {
  const isHelp = /^\s*help\s/i.test(line)
  const typed = line.replace(/^\s*(client:\d+>|help)\s*/i, '')
  const found = completions(typed).map((name) => (isHelp ? name : `${name} `))
  return [found, typed]
}

function help(name: string): string {
  if (name === '') return HELP
  const text = helpOn(name)
  if (text !== undefined) return `${text}\n`
  const names = completions('')
  return `There is no command ${name.toUpperCase()}${suggestion(name.toUpperCase(), names)}.\n`
}
