import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Area, Complaint } from './area.js'
import { makePlace } from './place.js'

export interface Order {
  readonly area: string
  readonly given: unknown
}

export interface Answer {
  readonly complaints: readonly Complaint[]
  /** Processor time. */
  readonly cpuMs: number
  /** The memory that the case took, if it was too much, else 0. */
  readonly mb: number
  /** Whether the process has used so much that the next case needs a new one. */
  readonly isSpent: boolean
}

/** What came of a case: complaints, or that it asked for much and was ended. */
export interface Outcome {
  readonly complaints: readonly Complaint[]
  readonly askedForMuch: boolean
  /** Processor time, where it gave an answer. */
  readonly cpuMs?: number
  /** Whether it gave no answer, which may be the machine's fault. */
  readonly isSuspect?: boolean
}

export const MAX_MEMORY_MB = 500
const MAX_CPU_MS = 10_000
/** For a case that asks for much. */
const MAX_PATIENCE_MS = 1000
/** A case that uses no processor for so long waits for something that doesn't come. */
const MAX_IDLE_MS = 20_000
const LOOK_MS = 100
const MS_PER_TICK = 10

/** Processes that run: a busy one doesn't see that the fuzzer has ended. */
const running = new Set<ChildProcess>()
// Before the folder that they write to is removed.
process.prependListener('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** A process for cases, replaced whenever one has to be ended. */
export class Runner {
  private child: ChildProcess | undefined
  private readonly place: string
  /** How many processes it has had. */
  started = 0

  constructor(
    private readonly program: string,
    place: string,
  ) {
    this.place = makePlace(place)
  }

  /** Runs a case of an area; never rejects. */
  async run(name: string, area: Area, given: unknown): Promise<Outcome> {
    this.child ??= this.start()
    const { child } = this
    const much = area.asksForMuch(given)
    const complain = (rule: string, text: string): Outcome => ({
      complaints: [{ rule, where: area.nameOf(given), text }],
      askedForMuch: false,
    })
    const answer = await ask(child, { area: name, given }, much ? MAX_PATIENCE_MS : MAX_CPU_MS)
    if (typeof answer === 'string' || answer.isSpent) this.end()
    if (typeof answer === 'string') {
      if (much && answer !== 'exit') return { complaints: [], askedForMuch: true }
      return { ...complain(answer, WHY[answer]), isSuspect: true }
    }
    if (answer.mb > 0 && !much) return complain('memory', `${answer.mb} MB; the limit is ${MAX_MEMORY_MB} MB`)
    return { complaints: answer.complaints, askedForMuch: false, cpuMs: answer.cpuMs }
  }

  /** Ends the process. */
  end(): void {
    this.child?.kill('SIGKILL')
    this.child = undefined
  }

  private start(): ChildProcess {
    this.started++
    const { place } = this
    const inside = Object.fromEntries(
      ['HOME', 'TMPDIR', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME'].map(
        (key) => [key, join(place, key.toLowerCase())],
      ),
    )
    const child = fork(this.program, [process.cwd()], {
      cwd: join(place, 'held'),
      // Reports check themselves where tests run.
      env: { ...inside, PATH: process.env.PATH, NODE_ENV: 'test' },
      serialization: 'advanced',
      // What a command writes past its surface would be read by nobody.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    running.add(child)
    return child.once('exit', () => running.delete(child))
  }
}

const WHY = {
  cpu: `no end within ${MAX_CPU_MS / 1000} s of processor time`,
  idle: `no end, and nothing done for ${MAX_IDLE_MS / 1000} s`,
  exit: 'the process ended, though the command line is run inside it',
}

/** The answer of a process, or why there is none. */
function ask(child: ChildProcess, order: Order, maxCpuMs: number): Promise<Answer | keyof typeof WHY> {
  return new Promise((resolve) => {
    const begun = useOf(child.pid!).cpuMs
    let [used, idleMs, lookedAt] = [begun, 0, performance.now()]
    const settle = (answer: Answer | keyof typeof WHY) => {
      clearInterval(looking)
      child.off('message', settle).off('exit', ended)
      resolve(answer)
    }
    const ended = () => settle('exit')
    const looking = setInterval(() => {
      const { cpuMs, waits } = useOf(child.pid!)
      const now = performance.now()
      // A late look means that the fuzzer had no processor, not that the process was idle.
      idleMs = waits && cpuMs - used <= LOOK_MS / 10 ? idleMs + Math.min(now - lookedAt, 2 * LOOK_MS) : 0
      used = cpuMs
      lookedAt = now
      if (cpuMs - begun > maxCpuMs) settle('cpu')
      else if (idleMs > MAX_IDLE_MS) settle('idle')
    }, LOOK_MS)
    child.on('message', settle).on('exit', ended)
    child.send(order)
  })
}

/**
 * The processor time that a process has used, and whether it waits for something else than a processor or a disk.
 * Where the system has no /proc the time is that from its start on.
 */
function useOf(pid: number): { readonly cpuMs: number; readonly waits: boolean } {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return { cpuMs: (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK, waits: fields[0] === 'S' }
  } catch {
    return { cpuMs: performance.now(), waits: false }
  }
}
