import { INTERRUPTED, write } from '../output/terminal.js'

const CONTROL_C = '\u0003'
/** Ctrl-D: the end of the input. */
export const CONTROL_D = '\u0004'
const ERASE = ['\u007f', '\b']

/** Single keys and lines from a terminal, including those typed ahead. */
export class Keyboard {
  private readonly typed: string[] = []
  private waiting: ((key: string) => void) | undefined

  constructor() {
    process.stdin.setRawMode(true)
    process.stdin.setEncoding('utf8').on('data', this.hear).on('end', this.end)
  }

  /** The next key; Ctrl-D at the end of the input. Ctrl-C ends the program. */
  async key(): Promise<string> {
    const next = this.typed.shift()
    if (next !== undefined) return next
    return new Promise((resolve) => {
      this.waiting = resolve
    })
  }

  /** A line, echoed as it is typed; undefined at Ctrl-D or the end of the input. */
  async line(prompt: string): Promise<string | undefined> {
    write(prompt)
    let line = ''
    for (let key = await this.key(); key !== '\r' && key !== '\n'; key = await this.key()) {
      if (key === CONTROL_D) {
        write('\n')
        return undefined
      }
      if (ERASE.includes(key)) {
        if (line !== '') write('\b \b')
        line = line.slice(0, -1)
      } else if (key >= ' ') {
        line += key
        write(key)
      }
    }
    write('\n')
    return line
  }

  /** Restores the terminal. */
  close(): void {
    process.stdin.setRawMode(false)
    process.stdin.off('data', this.hear).off('end', this.end).pause()
  }

  private readonly hear = (text: string | Buffer): void => {
    for (const key of String(text)) {
      if (key === CONTROL_C) {
        this.close()
        write('\n')
        process.exit(INTERRUPTED)
      }
      this.typed.push(key)
    }
    this.deliver()
  }

  private readonly end = (): void => {
    this.typed.push(CONTROL_D)
    this.deliver()
  }

  private deliver(): void {
    if (!this.waiting || this.typed.length === 0) return
    const { waiting } = this
    this.waiting = undefined
    waiting(this.typed.shift()!)
  }
}
