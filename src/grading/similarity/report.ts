import type { FindingDraft, Findings, TableDraft } from '../../report/build.js'
import { countOf } from '../../report/format.js'
import type { Likeness } from './compare.js'
import { LEAST_FINGERPRINTS, longestRun, type Pair, THRESHOLD } from './pairs.js'
import type { Place } from './solution.js'

/** Pairs that are listed, and those whose lines are shown, but not in a terminal, where they would fill many screens. */
const MAX_PAIRS = 100
const MAX_BESIDE = 5

/** Tables and findings about solutions that are alike, for the report of a batch. */
export function likenessParts(likeness: Likeness): {
  readonly tables: Readonly<Record<string, TableDraft>>
  readonly findings: Findings
} {
  const { pairs, unread } = likeness
  const beside = pairs.slice(0, MAX_BESIDE).map((pair, i) => [`alike-${i + 1}`, besideTable(pair)])
  return {
    tables: {
      alike: pairsTable(pairs.slice(0, MAX_PAIRS)),
      ...Object.fromEntries(beside),
      ...(unread.length > 0 ? { unread: unreadTable(unread) } : {}),
    },
    findings: findingsOf(likeness),
  }
}

function findingsOf({ pairs, read, tooShort }: Likeness): Record<string, FindingDraft | false> {
  const listed = pairs.length > MAX_PAIRS ? ` The table has the first ${MAX_PAIRS}.` : ''
  return {
    alike:
      pairs.length === 0
        ? 'No two solutions of an exercise are alike.'
        : `${countOf(pairs.length, 'pair')} of solutions: ${100 * THRESHOLD} % or more of the smaller one’s fingerprints are in the other. ` +
          `That is a reason to look, no verdict.${listed}`,
    tooShort:
      tooShort > 0 &&
      `${tooShort} of ${countOf(read, 'solution')} can’t be compared: they have fewer than ${LEAST_FINGERPRINTS} ` +
        'fingerprints that are not in the starter or the reference solution.',
  }
}

function pairsTable(pairs: readonly Pair[]): TableDraft {
  return {
    title: 'Solutions that are alike: a reason to look, no verdict',
    columns: {
      exercise: 'exercise',
      submission: 'submission',
      other: 'other submission',
      share: ['fingerprints in both', 'ratio'],
      lines: 'longest common run, lines',
      otherLines: 'lines of the other',
    },
    rows: pairs.map((pair) => {
      const { places, length } = longestRun(pair)
      const [a, b] = pair.solutions
      return {
        exercise: a.exercise,
        submission: a.submission,
        other: b.submission,
        share: pair.share,
        lines: linesText(places[0], length),
        otherLines: linesText(places[1], length),
      }
    }),
  }
}

function linesText({ source, at }: Place, length: number): string {
  const [from, to] = [source.tokens[at].line, source.tokens[at + length - 1].line]
  return `${source.file}:${from}${to > from ? `–${to}` : ''}`
}

/** The longest common run of a pair, side by side: lines whose tokens are the same are in one row. */
function besideTable(pair: Pair): TableDraft {
  const { places, length } = longestRun(pair)
  const [a, b] = pair.solutions
  const rows: { line: number | null; code: string; otherLine: number | null; otherCode: string }[] = []
  let [last, otherLast] = [0, 0]
  for (let i = 0; i < length; i++) {
    const [line, otherLine] = places.map(({ source, at }) => source.tokens[at + i].line)
    const [isNew, isOtherNew] = [line !== last, otherLine !== otherLast]
    const row = rows.at(-1)
    if (!row || (isNew && row.line !== null) || (isOtherNew && row.otherLine !== null))
      rows.push({ line: null, code: '', otherLine: null, otherCode: '' })
    if (isNew) Object.assign(rows.at(-1)!, { line, code: textOf(places[0], line) })
    if (isOtherNew) Object.assign(rows.at(-1)!, { otherLine, otherCode: textOf(places[1], otherLine) })
    ;[last, otherLast] = [line, otherLine]
  }
  return {
    title: `${a.exercise}: ${a.submission}, ${places[0].source.file}, beside ${b.submission}, ${places[1].source.file}`,
    shownElsewhere: true,
    columns: {
      line: 'line',
      code: ['code', 'code'],
      otherLine: 'other line',
      otherCode: ['other code', 'code'],
    },
    rows,
  }
}

const MAX_TEXT = 200
const textOf = ({ source }: Place, line: number): string =>
  source.lines[line - 1].replaceAll('\t', '  ').slice(0, MAX_TEXT)

const unreadTable = (unread: Likeness['unread']): TableDraft => ({
  title: 'Solutions that are not compared: no file, over 64 kB, another language, or wrong syntax',
  columns: { submission: 'submission', exercise: 'exercise' },
  rows: unread.map(({ submission, exercise }) => ({ submission, exercise })),
})
