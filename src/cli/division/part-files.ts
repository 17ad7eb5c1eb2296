import { randomBytes } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileError } from '../../input-error.js'
import { makeFolder } from '../../make-folder.js'
import { noResults, type Results, type Shard } from '../../parallel/division.js'
import {
  mergeParts,
  type NamedPart,
  type Part,
  parsedPart,
  partOfWork,
  partText,
  shardText,
  type Work,
} from '../../parallel/part.js'
import { writeWhole } from '../../write-whole.js'
import { checkedJson } from '../again/saved-json.js'
import { fileText, labelOf } from '../input.js'

/** The parts in a file, one a line as they are written. Throws InputError where it holds something else. */
async function partsInFile(path: string): Promise<NamedPart[]> {
  const text = await fileText(path)
  const label = labelOf(path)
  const lines = text.split('\n')
  // A part that somebody has formatted takes many lines, all but two of which are indented.
  const isFormatted = lines[0].trim() === '{'
  const named = isFormatted
    ? [{ text, label }]
    : lines.map((line, i) => ({ text: line, label: i === 0 ? label : `${label}, line ${i + 1}` }))
  return named
    .filter(({ text }, i) => i === 0 || text.trim() !== '')
    .map(({ text, label }) => ({ label, part: checkedJson<Part>(text, 'part', label, parsedPart) }))
}

/** The parts in files and folders of them. */
export async function partsIn(paths: readonly string[]): Promise<NamedPart[]> {
  const parts: NamedPart[] = []
  for (const path of paths.flatMap(filesOf)) parts.push(...(await partsInFile(path)))
  return parts
}

/** The parts of a folder: what a run is still writing has another ending. */
function filesOf(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path]
  try {
    return readdirSync(path)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(path, name))
  } catch (error) {
    throw fileError(error, `cannot read ${labelOf(path)}: ${(error as Error).message}`)
  }
}

const FLUSH_MS = 1000
/** Most of the time that goes into writing. */
const WRITING_SHARE = 0.05

/** A folder with what is done of some work. Each run writes one file there, whole at any time. */
export class PartFolder {
  private readonly path: string
  private readonly added: Results = noResults()
  private next = Date.now() + FLUSH_MS
  private isChanged = false

  private constructor(
    folder: string,
    private readonly work: Work,
    private readonly shard: Shard | undefined,
    /** What is known by now: what was there, and what this run has added. */
    readonly results: Results,
  ) {
    this.path = join(folder, `part-${randomBytes(6).toString('hex')}.json`)
  }

  /** Throws InputError where the folder holds parts of other work. */
  static async open(folder: string, work: Work, shard: Shard | undefined): Promise<PartFolder> {
    try {
      makeFolder(folder)
    } catch (error) {
      throw fileError(error, `cannot make ${labelOf(folder)}: ${(error as NodeJS.ErrnoException).code}`)
    }
    const present = await partsIn([folder])
    const mine = { label: 'this command line', part: partOfWork(work, [], noResults()) }
    return new PartFolder(folder, work, shard, mergeParts([mine, ...present]).results)
  }

  /** Takes a result of this run, and writes those that wait if that is due. */
  add(name: string, place: number): void {
    const { tasks, done } = this.results.lists.get(name)!
    const list = this.added.lists.get(name) ?? { tasks, done: new Map() }
    this.added.lists.set(name, list)
    list.done.set(place, done.get(place))
    this.isChanged = true
    if (Date.now() >= this.next) this.flush()
  }

  readonly flush = (): void => {
    if (!this.isChanged) return
    this.isChanged = false
    const start = Date.now()
    const shards = this.shard ? [shardText(this.shard)] : []
    writeWhole(
      this.path,
      partText(partOfWork(this.work, shards, { ...this.added, facts: this.results.facts })),
    )
    const now = Date.now()
    this.next = now + Math.max(FLUSH_MS, (now - start) / WRITING_SHARE)
  }
}
