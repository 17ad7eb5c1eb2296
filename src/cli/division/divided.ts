import type { Command } from 'commander'
import { atEnd, notAtEnd } from '../../at-end.js'
import { InputError } from '../../input-error.js'
import { isMerging, noResults, type Shard, ShardDone, useDivision } from '../../parallel/division.js'
import { useJobs } from '../../parallel/jobs.js'
import { partOfWork, partText, shardText, type Work } from '../../parallel/part.js'
import { isDivided, pathOf } from '../options/given.js'
import { note, printNotes, writeData } from '../output/terminal.js'
import { surface } from '../surface.js'
import { version } from '../version.js'
import { PartFolder } from './part-files.js'

/** The values of the options that divide work (see options/division.ts). */
export interface DivisionFlags {
  readonly jobs?: number
  readonly shard?: Shard
  readonly resume?: string
  readonly verbose?: true
}

/** Runs a command on as many cores, and as much of its work, as its options say. */
export async function runInParallel(command: Command, flags: DivisionFlags, run: Run): Promise<void> {
  useJobs(flags.jobs)
  try {
    if (!isDivided(command) || isMerging()) return await run()
    const format =
      command.getOptionValueSource('format') === 'cli' ? command.getOptionValue('format') : 'json'
    if (flags.shard && format !== 'json')
      throw new InputError('--shard writes a part, as JSON; --format is for cachelab merge')
    const work = { version, command: pathOf(command).join(' '), arguments: surface().arguments ?? [] }
    await runDivided(flags, work, run)
  } finally {
    useJobs(undefined)
  }
}

type Run = () => Promise<void> | void

/** Runs an experiment as its options divide it: writes a part where they ask for a share of it. */
async function runDivided({ shard, resume, verbose }: DivisionFlags, work: Work, run: Run): Promise<void> {
  const folder = resume === undefined ? undefined : await PartFolder.open(resume, work, shard)
  const results = folder?.results ?? noResults()
  const started = (tasks: number) => {
    surface().tasks = { begun: Date.now(), done: 0, tasks }
  }
  const finished = (name: string, place: number) => {
    surface().tasks!.done++
    folder?.add(name, place)
    if (verbose) note(`task ${place + 1} of ${results.lists.get(name)!.tasks} of ${name} is done`)
  }
  if (folder) atEnd(folder.flush)
  useDivision({ results, mayRun: true, started, finished, ...(shard && { shard }) })
  try {
    await run()
  } catch (error) {
    if (!(error instanceof ShardDone && shard)) throw error
    printNotes()
    const text = shardText(shard)
    if (folder) note(`shard ${text} is done: its tasks are in ${resume}`)
    else writeData(partText(partOfWork(work, [text], results)))
  } finally {
    useDivision(undefined)
    if (folder) {
      notAtEnd(folder.flush)
      folder.flush()
    }
  }
}
