import { describe, expect } from 'vitest'
import { clusterFailover } from '../../../src/experiment/cluster/failover.js'
import { clusterDefaults } from '../../../src/experiment/cluster/setup.js'
import { actorNames, sentinelDefaults } from '../../../src/experiment/sentinel/history.js'
import { sentinelTimeline } from '../../../src/experiment/sentinel/timeline.js'
import type { Report, SequenceFigure } from '../../../src/report/report.js'
import type { Fault } from '../../../src/simulation/faults.js'
import { testOnce } from '../../layer.js'

const kill: Fault = { kind: 'kill', at: 1000, node: 0 }
const quiet = { rate: 50, duration: 8000 }

const lanesOf = ({ figures = [] }: Report) =>
  figures.find((figure): figure is SequenceFigure => figure.kind === 'sequence')

interface Word {
  readonly who: string
  readonly to?: string
  readonly text: string
  readonly isLost?: boolean
}

/** What happens to whom and who is told what, one by one, in words. */
function wordsOf({ actors, lines }: SequenceFigure): Word[] {
  return lines.flatMap((line): Word[] =>
    'who' in line
      ? line.who.map((actor) => ({ who: actors[actor], text: line.text }))
      : line.to.map((to) => ({ ...line, who: actors[line.from], to: actors[to] })),
  )
}

describe('lanes of a failover', () => {
  testOnce('of sentinels: the leader has the votes before it orders, and tells all in the end', async () => {
    const setup = { ...sentinelDefaults, ...quiet, sentinels: 5, quorum: 3, faults: [kill] }
    const lanes = lanesOf(await sentinelTimeline(setup))!
    expect(lanes.actors).toEqual(actorNames(setup))
    const times = lanes.lines.map(({ at }) => at)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    const words = wordsOf(lanes)
    expect(words[0]).toMatchObject({ who: 'master', text: 'killed' })
    const elected = words.findIndex(({ text }) => text.includes('+elected-leader'))
    const leader = words[elected].who
    const votes = words
      .slice(0, elected)
      .filter(({ text, to }) => text === `my vote: ${leader}` && to === leader)
    // With its own it has three of five.
    expect(new Set(votes.map(({ who }) => who)).size).toBeGreaterThanOrEqual(2)
    const order = words.findIndex(({ text }) => text === 'REPLICAOF NO ONE')
    expect(order).toBeGreaterThan(elected)
    expect(words[order].who).toBe(leader)
    const promoted = words[order].to
    const told = words
      .slice(order)
      .filter(({ text, to }) => text === `the master is ${promoted}` && to?.startsWith('sentinel'))
    // A node passes what the leader publishes on to all sentinels, and to the leader too.
    expect(new Set(told.map(({ to }) => to)).size).toBeGreaterThanOrEqual(4)
  })

  testOnce(
    'of a cluster: a majority reports the master, all are told, and the votes come before the win',
    async () => {
      const lanes = lanesOf(await clusterFailover({ ...clusterDefaults, ...quiet, faults: [kill] }))!
      const words = wordsOf(lanes)
      const declared = words.findIndex(({ text }) => text === '2 FAIL node-A')
      const other = words.slice(0, declared).filter(({ text }) => text === 'no answer from node-A')
      expect(other.some(({ who, to }) => who !== words[declared].who && to === words[declared].who)).toBe(
        true,
      )
      const fails = words.filter(
        ({ who, text, to }) => text === 'FAIL node-A' && to && who === words[declared].who,
      )
      expect(fails.map(({ to }) => to).sort()).toEqual(
        lanes.actors.filter((name) => name.startsWith('node') && name !== words[declared].who),
      )
      // What is sent to all at once is one line.
      expect(lanes.lines.filter((line) => 'to' in line && line.text === 'vote for me, epoch 7')).toHaveLength(
        1,
      )
      const won = words.findIndex(({ text }) => text === '5 is the new master')
      const votes = words
        .slice(0, won)
        .filter(({ text, to }) => text.startsWith('my vote') && to === words[won].who)
      expect(votes.map(({ who }) => who).sort()).toEqual(['node-B', 'node-C'])
    },
  )

  testOnce('what a split network swallows is drawn as lost', async () => {
    const split: Fault = { kind: 'partition', at: 1000, groups: [[0], [1, 2, 3, 4, 5, 6]] }
    const words = wordsOf(lanesOf(await clusterFailover({ ...clusterDefaults, ...quiet, faults: [split] }))!)
    const tell = words.filter(({ text, to }) => text === 'FAIL node-A' && to === 'node-A')
    expect(new Set(tell.map(({ isLost }) => isLost))).toEqual(new Set([true]))
    expect(
      words.filter(({ to, isLost }) => to === 'node-B' && isLost).every(({ who }) => who === 'node-A'),
    ).toBe(true)
  })

  testOnce('there are none where nothing happens, and not endless ones where much does', async () => {
    expect(
      lanesOf(await clusterFailover({ ...clusterDefaults, ...quiet, duration: 3000, faults: [] })),
    ).toBeUndefined()
    const faults = Array.from(
      { length: 12 },
      (_, i): Fault => ({ kind: i % 2 ? 'restart' : 'kill', at: 1000 + i * 5000, node: 0 }),
    )
    const busy = lanesOf(await clusterFailover({ ...clusterDefaults, ...quiet, duration: 60_000, faults }))!
    expect(busy.title).toMatch(/: the first 150 of [\d,]+$/)
    expect(busy.lines).toHaveLength(150)
  })
})
