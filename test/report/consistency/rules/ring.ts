import type { Report } from '../../../../src/report/index.js'
import { probabilityAllWithin } from '../../../../src/stats/all-within.js'
import { chiSquareQuantile } from '../../../../src/stats/special.js'
import { jointConfidence } from '../../../../src/stats/verdict.js'
import { all, cell, oneRow, parameter, type Rule, rows, sum } from './values.js'

const drawnShare = (report: Report) => {
  const figure = report.figures?.find((one) => one.kind === 'ring')
  if (figure?.kind !== 'ring') return undefined
  const lengths = new Map<number, number>()
  const { arcs } = figure.rings[0]
  let last = arcs[arcs.length - 1].at - 1
  for (const { at, node } of arcs) {
    lengths.set(node, (lengths.get(node) ?? 0) + at - last)
    last = at
  }
  return Math.max(...lengths.values())
}

export const ringRules: Record<string, Rule> = {
  'ring balance': (report) => {
    const [keys] = rows(report, 'spread')
    return { measured: cell(keys, 'stddev'), expected: cell(keys, 'expectedStddev') ?? undefined }
  },
  'ring bound': (report) => ({
    measured: Math.max(...all(report, 'distribution', 'keys')),
    expected: Math.ceil(
      (parameter(report, 'loadFactor') * sum(all(report, 'distribution', 'keys'))) /
        rows(report, 'distribution').length,
    ),
  }),
  'ring load': oneRow('distribution', 'load', 'share'),
  'ring sweep theory': oneRow('sweep', 'stddev', 'expectedStddev'),
  'ring sweep price': (report) => {
    const last = rows(report, 'sweep').at(-1)
    return { measured: cell(last, 'stddev'), expected: cell(last, 'expectedStddev') }
  },
  'ring sweep floor': (report) => ({
    expected: Math.sqrt((parameter(report, 'nodes') - 1) / parameter(report, 'keys')),
  }),
  'ring min-vnodes least': (report, { expected }) => {
    const trials = rows(report, 'trials')
    const confidence = parameter(report, 'confidence')
    const failed = trials.findLast((row) => Number(row.probability) < confidence)
    const least = trials.find((row) => Number(row.vnodes) > Number(failed?.vnodes ?? 0))
    const chance = (vnodes: number) =>
      probabilityAllWithin(
        parameter(report, 'keys'),
        parameter(report, 'nodes'),
        parameter(report, 'within'),
        vnodes,
      )
    const isLeast = expected !== undefined && chance(expected) >= confidence
    return { measured: cell(least, 'vnodes'), expected: isLeast ? expected : undefined }
  },
  'ring min-vnodes single-ring': 'one ring’s band is in no table',
  'ring min-vnodes floor': (report) => ({
    expected: probabilityAllWithin(
      parameter(report, 'keys'),
      parameter(report, 'nodes'),
      parameter(report, 'within'),
      Infinity,
    ),
  }),
  'ring weights ratio-*': (report, { id }) => {
    const weights = rows(report, 'weights')
    const lightest = weights.reduce((a, b) => (Number(b.weight) < Number(a.weight) ? b : a))
    const row = weights.find(({ node }) => id === `ratio-${node}`)
    return {
      measured: Number(row?.keys) / Number(lightest.keys),
      expected: Number(row?.weight) / Number(lightest.weight),
    }
  },
  'ring rolling moved': (report) => ({
    measured: sum(all(report, 'steps', 'moved')),
    expected: sum(all(report, 'steps', 'idealShare')) * parameter(report, 'keys'),
  }),
  'ring rolling stray': (report) => ({ measured: sum(all(report, 'steps', 'strayMoves')), expected: 0 }),
  'ring rolling balance': (report) => ({ measured: cell(rows(report, 'steps').at(-1), 'within') }),
  'ring rolling at-once': 'the table has single steps',
  'ring compare modulo': (report) => {
    const row = rows(report, 'placements').find(({ placement }) => placement === 'modulo')
    return { measured: cell(row, 'movedShare'), expected: cell(row, 'expectedShare') }
  },
  'ring compare ring': (report) => {
    const row = rows(report, 'placements').find(({ placement }) => placement === 'ring')
    return { measured: cell(row, 'movedShare'), expected: cell(row, 'expectedShare') }
  },
  'ring compare balance': (report) => {
    const row = rows(report, 'placements').find(({ placement }) => placement === 'ring')
    return { measured: cell(row, 'withinAfter') }
  },
  'ring hashes balance': (report) => {
    const [nodes, vnodes, keys] = ['nodes', 'vnodes', 'keys'].map((key) => parameter(report, key))
    const arcs = (nodes - 1) / (nodes * vnodes + 1)
    const luck = ((nodes - 1) / keys) * ((nodes * vnodes) / (nodes * vnodes + 1))
    return { expected: Math.sqrt(arcs + luck) }
  },
  'ring hashes avalanche': (report, { text }) => ({
    measured: rows(report, 'hashes').filter(({ hash }) => new RegExp(`\\b${hash}\\b`).test(text)).length,
  }),
  'ring hashes patterns': (report) => {
    // χ² over 64 arcs, for as many comparisons as there are cells.
    const cells = rows(report, 'patterns').length * (Object.keys(rows(report, 'patterns')[0]).length - 1)
    const clumped = Math.sqrt(chiSquareQuantile((1 - jointConfidence(cells)) / 2, 63) / 63)
    return {
      measured: rows(report, 'patterns').flatMap((row) =>
        Object.values(row).filter((value) => typeof value === 'number' && value > clumped),
      ).length,
    }
  },
  'ring draw moved': (report) => ({
    measured: rows(report, 'keys').filter(({ node, after }) => node !== after).length,
  }),
  'ring draw arcs': (report) => ({ measured: drawnShare(report), expected: 1 / parameter(report, 'nodes') }),
}
