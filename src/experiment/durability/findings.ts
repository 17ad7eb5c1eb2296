import type { FindingDraft, Findings } from '../../report/build.js'
import { countOf, formatBytes, formatCount, formatNumber } from '../../report/format.js'
import { groupCommitLatency, groupSize, snapshotLoss } from '../../stats/durability-theory.js'
import { mean, meanInterval } from '../../stats/summary.js'
import { jointConfidence, verdict } from '../../stats/verdict.js'
import { type ComparedCase, comparisonFinding } from '../comparison.js'
import { BLOCK } from './disk.js'
import type { Measured, Outcome } from './measure.js'
import { type Snapshot, WRITE } from './server.js'
import { choices, type DurabilitySetup, defaultSavePoints, saveText, sizesOf } from './setup.js'

/** Above this mean, in milliseconds, fsyncs may last longer than the second between them. */
const LONG_FSYNC = 250

/** What to conclude from the crashes and the costs. */
export function findingsOf(setup: DurabilitySetup, { outcomes }: Measured): Findings {
  const { RDB: rdb, 'AOF no': no, 'AOF everysec': everysec, 'AOF always': always } = outcomes
  const writes = (lost: number) => `${countOf(Math.round(lost), 'write')}`
  const seconds = (lost: number) => secondsText(lost / setup.rate)
  return {
    killed: killed(outcomes),
    power: `Power loss: what is in the kernel is lost too. AOF everysec lost ${seconds(mean(everysec.powerLost))} of writes on average and ${seconds(worst(everysec.powerLost))} at worst, AOF no up to ${seconds(worst(no.powerLost))}, AOF always ${worst(always.powerLost) === 0 ? 'nothing' : writes(worst(always.powerLost))}.`,
    rdb: savesText(setup, rdb),
    delayed:
      everysec.delayed > 0 &&
      `AOF everysec: ${countOf(everysec.delayed, 'time')} an fsync ran for longer than Redis waits (2 s), and the next write blocked all clients until it ended. Redis counts these in aof_delayed_fsync.`,
    always: `AOF always: a write waits for its fsync, and often for the one before: ${formatNumber(always.latency.mean, 'ms')} on average, where the others take ${formatNumber(everysec.latency.mean, 'ms')}. One fsync serves all clients of a turn; a client alone gets at most 1 ÷ fsync = ${formatCount(1000 / setup.disk.fsync)} writes/s.`,
    restart: restartText(rdb, everysec),
    fork: forkText(setup, outcomes),
    lesson: `Lesson 4.2 (Redis: RDB, AOF; Memcached: none): Memcached loses what none loses, all ${countOf(setup.keys, 'key')}. Redis ${saveText(setup.savePoints) === saveText(defaultSavePoints) ? 'without a configuration' : 'with these save points and appendonly no'} saves RDB files only, and lost up to ${seconds(worst(rdb.powerLost))} of writes.`,
    choose: {
      text: 'Choose none for a cache that can be refilled, RDB where minutes may be lost, AOF everysec for data (with RDB too for files to back up), and AOF always where no acknowledged write may be lost. A replica is no substitute. What a failover loses:',
      command: 'cachelab sentinel run --kill master@1s',
    },
    theory: theory(setup, outcomes),
  }
}

const worst = (lost: readonly number[]): number => Math.max(...lost)

const secondsText = (seconds: number) => `${rounded(seconds)} s`

function rounded(value: number): string {
  return value < 10 ? value.toFixed(1) : formatCount(Math.round(value))
}

function killed(outcomes: Measured['outcomes']): string {
  const logged = Object.values(outcomes).filter(({ name }) => choices[name].appendfsync)
  const most = Math.max(...logged.map((outcome) => worst(outcome.killed)))
  const lost =
    most === 0
      ? 'nothing that was acknowledged'
      : `at most ${formatCount(most)} acknowledged ${most === 1 ? 'write' : 'writes'} (everysec answers while an fsync runs, and writes to the file after it)`
  return `Killed: the kernel keeps what Redis has written, synced or not, so an AOF lost ${lost}. RDB and none lost as much as at a power loss.`
}

function savesText({ rate }: DurabilitySetup, { saves, powerLost }: Outcome): FindingDraft {
  if (saves.length < 2)
    return `RDB: ${saves.length === 0 ? 'no save' : 'only one save'} was complete in this time. Until the first is, a crash loses all that was written. Try a longer --duration, or another --save.`
  return `RDB: a save began every ${secondsText(periodOf(saves) / 1000)} and took ${secondsText(durationOf(saves) / 1000)}. A crash of either kind loses what was written since the last complete save began: ${secondsText(mean(powerLost) / rate)} of writes on average.`
}

/** Mean milliseconds from the beginning of one save to that of the next. */
const periodOf = (saves: readonly Snapshot[]) => (saves.at(-1)!.forked - saves[0].forked) / (saves.length - 1)
const durationOf = (saves: readonly Snapshot[]) => mean(saves.map(({ forked, ended }) => ended - forked))

/** Measured means beside the formulas, all in milliseconds. */
function theory(setup: DurabilitySetup, outcomes: Measured['outcomes']): FindingDraft {
  const { RDB: rdb, 'AOF everysec': everysec, 'AOF always': always } = outcomes
  const { fsync, bandwidth } = setup.disk
  const { logged } = sizesOf(setup)
  // What a turn takes: its commands, the write, and the fsync of its blocks, the first of which is written again.
  const batch = groupSize(setup.rate / 1000, fsync)
  const turn = batch * setup.service + WRITE + fsync + ((batch * logged + BLOCK) / bandwidth) * 1000
  const expectations = [
    rdb.saves.length >= 2 && {
      name: 'RDB (lost at a crash)',
      expected: snapshotLoss(periodOf(rdb.saves), durationOf(rdb.saves)),
      values: rdb.powerLost.map((lost) => (lost / setup.rate) * 1000),
    },
    fsync <= LONG_FSYNC && {
      name: 'AOF everysec (lost at a power loss)',
      expected: snapshotLoss(1000, fsync + ((setup.rate * logged) / bandwidth) * 1000),
      values: everysec.powerLost.map((lost) => (lost / setup.rate) * 1000),
    },
    {
      name: 'AOF always (latency)',
      expected: groupCommitLatency(setup.rate / 1000, turn),
      values: always.latency.parts,
    },
  ].filter((one) => one !== false)
  const confidence = jointConfidence(expectations.length)
  const cases = expectations.map(({ name, expected, values }): ComparedCase => {
    const measured = mean(values)
    return { name, ...verdict(measured, expected, meanInterval(values, confidence)) }
  })
  const draft = comparisonFinding({
    subject:
      'Theory (loss: half of the time between two saves or fsyncs, and the save or fsync; latency: group commit)',
    things: 'measured means',
    unit: 'ms',
    isApproximate: true,
    cases,
  })
  const left = cases.some(({ kind }) => kind === 'differs')
    ? ' The formulas leave out that children and fsyncs share the disk.'
    : ''
  return { ...draft, text: `${draft.text}${left}` }
}

function restartText(rdb: Outcome, { rewrites, restart }: Outcome): string {
  const times = ['never', 'once', 'twice'][rewrites.length] ?? `${countOf(rewrites.length, 'time')}`
  return `Restart: an RDB file loads in ${formatNumber(rdb.restart!, 'ms')}. An AOF took ${formatNumber(restart!, 'ms')} on average: it is an RDB file with the commands since then, which run one by one. It is rewritten above 64 MB when it has doubled: ${times} here.`
}

function forkText(setup: DurabilitySetup, outcomes: Measured['outcomes']): string {
  const { memory } = sizesOf(setup)
  const copied = Math.max(...Object.values(outcomes).map(({ mostCopied }) => mostCopied))
  return `Each save and each rewrite forks: all clients wait ${formatNumber((setup.fork * memory) / 1e9, 'ms')} for ${formatBytes(memory)} of memory, and up to ${formatBytes(copied)} were copied on write meanwhile. Memory needs room for that: at worst for all of it.`
}
