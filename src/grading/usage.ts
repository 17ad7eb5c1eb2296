import { readdirSync, readFileSync } from 'node:fs'

/** What a process and all that descend from it use. */
export interface Usage {
  readonly processes: number
  /** Of all of them. */
  readonly threads: number
  /** Time on processors in milliseconds, also of those that have ended and were waited for. */
  readonly cpu: number
  /** The same of each that runs, without those: by its number and when it began. */
  readonly own: ReadonlyMap<string, number>
  /** Memory in bytes, what they share counted once where the system tells. */
  readonly memory: number
  /** What the busiest does: it has a processor or waits for one; it waits for a disk; it waits for something to happen. */
  readonly state: 'runs' | 'disk' | 'waits'
}

/** The kernel tells times in hundredths of a second, whatever its own clock. */
const TICK_MS = 10

/** The usage of a family of processes; undefined where the system doesn't tell. `limit` is a memory worth a closer look. */
export function usageOf(root: number, limit: number): Usage | undefined {
  const members: Member[] = []
  const waiting = [root]
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    const member = memberOf(pid)
    if (!member) continue
    members.push(member)
    waiting.push(...member.children)
  }
  if (members.length === 0) return undefined
  const sum = (part: (member: Member) => number) => members.reduce((total, member) => total + part(member), 0)
  const states = members.flatMap((member) => member.states)
  const tables = sum((member) => member.tables)
  const resident = sum((member) => member.pages) * pageBytes() + tables
  return {
    processes: members.length,
    threads: states.length,
    cpu: sum((member) => member.ticks + member.waited) * TICK_MS,
    own: new Map(members.map(({ id, ticks }) => [id, ticks * TICK_MS])),
    memory: resident > limit ? sum((member) => ownBytes(member)) + tables : resident,
    state: states.includes('R') ? 'runs' : states.includes('D') ? 'disk' : 'waits',
  }
}

interface Member {
  readonly pid: number
  /** Its number and start time, because numbers are reused. */
  readonly id: string
  readonly ticks: number
  /** Ticks of its children that have ended. */
  readonly waited: number
  readonly pages: number
  /** In bytes. */
  readonly tables: number
  /** A letter for each thread. */
  readonly states: readonly string[]
  readonly children: readonly number[]
}

function memberOf(pid: number): Member | undefined {
  try {
    const [, , , ...fields] = statOf(`/proc/${pid}`)
    // proc(5): from the fourth on; user and system time, and the same of children that were waited for.
    const [user, system, waitedUser, waitedSystem] = fields.slice(10, 14).map(Number)
    const threads = readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}`)
    return {
      pid,
      id: `${pid}/${fields[18]}`,
      ticks: user + system,
      waited: waitedUser + waitedSystem,
      pages: Number(fields[20]),
      tables: tableBytes(pid),
      states: threads.map((thread) => statOf(thread)[2]),
      children: threads.flatMap((thread) =>
        readFileSync(`${thread}/children`, 'latin1').split(' ').filter(Boolean).map(Number),
      ),
    }
  } catch {
    return undefined // It has ended.
  }
}

/** The size of its page tables, which can be larger than what they map. */
function tableBytes(pid: number): number {
  const [, kilobytes = '0'] = /^VmPTE:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? []
  return Number(kilobytes) * 1024
}

/** The fields of a process or a thread: its number, its name, which can hold anything, its state, and so on. */
function statOf(place: string): string[] {
  const text = readFileSync(`${place}/stat`, 'latin1')
  const end = text.lastIndexOf(')')
  return ['', text.slice(0, end), ...text.slice(end + 2).split(' ')]
}

/** A process's memory, of what it shares with others only its part. */
function ownBytes({ pid, pages }: Member): number {
  try {
    const [, kilobytes] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))!
    return Number(kilobytes) * 1024
  } catch {
    return pages * pageBytes()
  }
}

let page = 0

/** The page size, a power of two: this process's memory in bytes ÷ in pages. */
function pageBytes(): number {
  page ||= 2 ** Math.round(Math.log2(process.memoryUsage.rss() / Number(statOf('/proc/self')[3 + 20])))
  return page
}
