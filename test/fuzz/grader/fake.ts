import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import type { Service, Solution } from '../../../src/grading/exercise.js'
import { writeLoosely } from '../../../src/grading/loose-json.js'
import { inProcess } from '../../grading/in-process.js'

/** What is sent in the place of a line that a solution writes; undefined where the program ends with it. */
export type Changing = (line: string, id: string) => Iterable<string | Uint8Array | undefined>

/** Turns of the event loop without a line in or out, after which a program that has changed something ends itself. */
const MAX_SILENCE = 200

interface Call {
  readonly id: string
  readonly function: string
  readonly arguments: readonly unknown[]
  readonly asks?: readonly string[]
}

/**
 * A program in a sandbox, which isn't one: a solution that runs here and speaks as the host built in does. What it
 * says is changed on its way. It waits for nobody: instead of being ended for its silence it ends.
 */
export class FakeProgram extends EventEmitter {
  readonly stdin = new PassThrough()
  readonly stdout = new PassThrough()
  readonly stderr = new PassThrough()
  private readonly solution: Promise<Solution>
  private queue = Promise.resolve()
  private rest = ''
  private asked = 0
  private readonly waiting = new Map<unknown, (answer: { value?: unknown; error?: string }) => void>()
  private isEnded = false
  /** Turns since the last line; counted from the first change on. */
  private silence: number | undefined

  constructor(
    path: string,
    private readonly changing: Changing,
  ) {
    super()
    this.solution = inProcess(path)
    this.stdin.setEncoding('utf8').on('data', (text: string) => this.take(text))
  }

  /** As a signal would end it. */
  end(code: number | null = null): void {
    if (this.isEnded) return
    this.isEnded = true
    let open = 2
    for (const stream of [this.stdout, this.stderr]) {
      stream.once('end', () => --open === 0 && this.emit('close'))
      stream.end()
    }
    this.emit('exit', code, code === null ? 'SIGKILL' : null)
  }

  private take(text: string): void {
    if (this.silence !== undefined) this.silence = 0
    const lines = (this.rest + text).split('\n')
    this.rest = lines.pop()!
    for (const line of lines) {
      const message = JSON.parse(line)
      if ('answer' in message) this.waiting.get(message.answer)?.(message)
      else this.queue = this.queue.then(() => this.answer(message as Call))
    }
  }

  private async answer({ id, arguments: parameters, asks, ...call }: Call): Promise<void> {
    if (this.isEnded) return
    const service = asks && this.serviceOf(asks, id)
    const [outcome] = await (await this.solution).call(call.function, [parameters], service)
    this.say(
      'error' in outcome ? JSON.stringify({ id, error: outcome.error }) : writeLoosely({ id, ...outcome })!,
      id,
    )
  }

  private serviceOf(names: readonly string[], id: string): Service {
    const serve =
      (name: string) =>
      (...parameters: unknown[]) =>
        new Promise((resolve, reject) => {
          const ask = ++this.asked
          this.waiting.set(ask, ({ value, error }) =>
            error === undefined ? resolve(value) : reject(new Error(error)),
          )
          this.say(JSON.stringify({ ask, function: name, arguments: parameters }), id)
        })
    return Object.fromEntries(names.map((name) => [name, serve(name)]))
  }

  private say(line: string, id: string): void {
    const pieces = [...this.changing(line, id)]
    if (pieces.join('') !== `${line}\n`) this.endWhenSilent()
    for (const piece of pieces) {
      if (this.isEnded) return
      if (piece === undefined) this.end(0)
      else this.stdout.write(piece)
    }
  }

  private endWhenSilent(): void {
    const isWatched = this.silence !== undefined
    this.silence = 0
    if (isWatched) return
    const turn = () => {
      if (this.isEnded) return
      if (++this.silence! > MAX_SILENCE) this.end(0)
      else setImmediate(turn)
    }
    turn()
  }
}
