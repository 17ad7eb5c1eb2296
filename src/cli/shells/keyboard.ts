import { createInterface, emitKeypressEvents, type Key } from 'node:readline'
import { PassThrough, Writable } from 'node:stream'
import { endProcess } from '../../at-end.js'
import { INTERRUPTED, outputWidth, write } from '../output/terminal.js'

/** Ctrl-D, and the end of the input. */
const END: Key = { name: 'd', ctrl: true, sequence: '\u0004' }

/** Single keys and edited lines from a terminal, including those typed ahead. Ctrl-C ends the program. */
export class Keyboard {
  private readonly typed: Key[] = []
  private readonly history: string[] = []
  private waiting: ((key: Key) => void) | undefined
  /** Draws the line that is being edited again. */
  private drawLine: () => void = () => {}

  constructor() {
    emitKeypressEvents(process.stdin)
    process.stdin.setRawMode(true).resume()
    process.stdin.on('keypress', this.hear).on('end', this.end)
    process.on('SIGCONT', this.resume)
  }

  /** The next key: its sign, else its name, such as `return`, `up` or `pagedown`; `end of input` for Ctrl-D. */
  async key(): Promise<string> {
    const key = await this.press()
    if (isEnd(key)) return 'end of input'
    if (key.name === 'return' || key.name === 'enter') return 'return'
    const { sequence = '' } = key
    return [...sequence].length === 1 && sequence > ' ' ? sequence : (key.name ?? sequence)
  }

  /** A line, edited with the keys that shells have; undefined at Ctrl-D or the end of the input. */
  async line(prompt: string): Promise<string | undefined> {
    const output = Object.assign(new Writable({ decodeStrings: false, write: echo }), { columns: 0 })
    const sized = () => Object.assign(output, { columns: outputWidth() })
    const reader = createInterface({
      // Keys are handed on one by one, so that those after the line are left for what comes next.
      input: new PassThrough(),
      output: sized(),
      terminal: true,
      history: [...this.history],
      removeHistoryDuplicates: true,
      prompt,
    })
    let line: string | undefined
    reader.on('line', (text) => {
      line = text
    })
    reader.prompt()
    this.drawLine = () => {
      // The reader first goes up to where its line began.
      write('\n'.repeat(reader.getCursorPos().rows))
      sized()
      reader.prompt(true)
    }
    while (line === undefined) {
      const key = await this.press()
      if (isEnd(key) && reader.line === '') break
      reader.write(key.sequence ?? null!, key)
    }
    this.drawLine = () => {}
    reader.close()
    if (line === undefined) write('\n')
    else if (line !== '') this.history.unshift(line)
    return line
  }

  /** Draws again what is typed, on a screen that was cleared. */
  redraw(): void {
    this.drawLine()
  }

  /** Restores the terminal. */
  close(): void {
    process.off('SIGCONT', this.resume)
    process.stdin.setRawMode(false)
    process.stdin.off('keypress', this.hear).off('end', this.end).pause()
  }

  private press(): Promise<Key> {
    const next = this.typed.shift()
    if (next) return Promise.resolve(next)
    return new Promise((resolve) => {
      this.waiting = resolve
    })
  }

  private readonly hear = (_: string | undefined, key: Key): void => {
    if (key.ctrl && key.name === 'c') {
      this.close()
      write('\n')
      endProcess(INTERRUPTED)
      return
    }
    this.typed.push(key)
    this.deliver()
  }

  /** After Ctrl-Z and fg the terminal has the shell's mode, which Node doesn't know: it sets only another one than before. */
  private readonly resume = (): void => {
    process.stdin.setRawMode(false).setRawMode(true)
  }

  private readonly end = (): void => {
    this.typed.push(END)
    this.deliver()
  }

  private deliver(): void {
    if (!this.waiting || this.typed.length === 0) return
    const { waiting } = this
    this.waiting = undefined
    waiting(this.typed.shift()!)
  }
}

const isEnd = ({ ctrl, name }: Key): boolean => ctrl === true && name === END.name

function echo(text: unknown, _encoding: string, done: () => void): void {
  write(String(text))
  done()
}
