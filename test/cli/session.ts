import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { root } from './run.js'

/** After that a program hangs, however busy the machine is. Shorter than a test may take, which tells less. */
const HANGS_MS = 240_000

/** A command in a pseudo-terminal: what it printed so far, and ways to wait and to press keys. */
export class Session {
  printed = ''
  /** The exit code; null where it had to be ended. */
  readonly ended: Promise<number | null>
  private readonly child

  constructor(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const line = [process.execPath, `${root}bin/cachelab.js`, ...args].map((word) => `'${word}'`).join(' ')
    this.child = spawn('script', ['-qec', line, '/dev/null'], {
      cwd: folder,
      env: { ...process.env, FORCE_COLOR: '0', ...env },
    })
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.printed += text.replaceAll('\r', '')
    })
    this.ended = new Promise((resolve) =>
      this.child.on('close', (code) => resolve(this.child.killed ? null : code)),
    )
  }

  press(key: string): void {
    this.child.stdin.write(key)
  }

  /** Sends a signal to the program. */
  signal(name: NodeJS.Signals): void {
    process.kill(this.program, name)
  }

  /** Gives the terminal a size; it tells the program. */
  resize(columns: number, rows: number): void {
    const device = `/proc/${this.program}/fd/0`
    execFileSync('stty', ['-F', readlinkSync(device), 'cols', `${columns}`, 'rows', `${rows}`])
  }

  /** The program is the last child of the terminal's. */
  private get program(): number {
    const childOf = (pid: number): number => {
      const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')
      return child === '' ? pid : childOf(Number(child))
    }
    return childOf(this.child.pid!)
  }

  /** Waits for a text behind what was seen before. */
  async see(text: string): Promise<void> {
    const begun = performance.now()
    for (let at = -1; at < 0; at = this.printed.indexOf(text)) {
      if (performance.now() - begun > HANGS_MS) throw new Error(`no "${text}" in:\n${this.printed}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    this.printed = this.printed.slice(this.printed.indexOf(text) + text.length)
  }
}
