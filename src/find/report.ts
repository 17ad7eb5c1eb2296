import { reportOf } from '../report/build.js'
import type { Report } from '../report/index.js'
import type { Entry } from './entry.js'
import { type Search, searcher } from './search.js'
import { meaningOf } from './terms.js'

const MAX_FOUND = 10

/** Finds for some words what to run, best first, and what a term means. */
export function finder(entries: readonly Entry[]): (words: string) => Report {
  const search = searcher(entries)
  return (words) => findReport(words, search(words))
}

function findReport(words: string, { found, isWhole }: Search): Report {
  const rows = found
    .slice(0, MAX_FOUND)
    .map(({ command, kind, title, shows }) => ({ command, kind, title: shows ?? title }))
  return reportOf('find', {
    title: `What there is about ${words}`,
    tables: {
      found: {
        title: 'Commands to run, the best first',
        columns: { command: 'command', kind: 'kind', title: 'what it shows' },
        rows,
      },
    },
    findings: {
      term: meaningOf(words),
      some: !isWhole && 'Nothing has all of these words. These have some of them.',
      none: rows.length === 0 && {
        text: 'Nothing has these words. All commands, walkthroughs and documents among them:',
        command: 'cachelab --help',
      },
    },
  })
}
