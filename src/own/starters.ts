import type { OwnKind } from './source.js'
import hashJs from './starters/hash.js.txt'
import hashTs from './starters/hash.ts.txt'
import placementJs from './starters/placement.js.txt'
import placementTs from './starters/placement.ts.txt'
import policyJs from './starters/policy.js.txt'
import policyTs from './starters/policy.ts.txt'
import testText from './starters/test.txt'
import workloadJs from './starters/workload.js.txt'
import workloadTs from './starters/workload.ts.txt'

/** Files to begin with. */
const texts = {
  policy: { ts: policyTs, js: policyJs },
  placement: { ts: placementTs, js: placementJs },
  hash: { ts: hashTs, js: hashJs },
  workload: { ts: workloadTs, js: workloadJs },
} satisfies Record<OwnKind, unknown>

export const starterLanguages = ['ts', 'js'] as const
const ENDINGS = { ts: 'ts', js: 'mjs' } as const

/**
 * A starter of a kind and its test, by the names of their files. `name` is the file's, without an ending.
 *
 * @example
 * import { starterFiles } from 'cachelab/own'
 * const files = starterFiles('policy', 'second-chance', 'js')
 * const names = [...files.keys()]
 * names // [ 'second-chance.mjs', 'second-chance.test.mjs' ]
 */
export function starterFiles(
  kind: OwnKind,
  name: string,
  language: (typeof starterLanguages)[number] = 'ts',
): ReadonlyMap<string, string> {
  const file = `${name}.${ENDINGS[language]}`
  const camel = name.replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase())
  const values: Readonly<Record<string, string>> = {
    ...{ file, kind, name: camel },
    Name: camel[0].toUpperCase() + camel.slice(1),
  }
  const filled = (text: string) => text.replace(/\{\{(\w+)\}\}/g, (_, value: string) => values[value])
  return new Map([
    [file, filled(texts[kind][language])],
    [`${name}.test.mjs`, filled(testText)],
  ])
}
