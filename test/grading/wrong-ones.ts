import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolder } from '../../src/grading/course.js'

export interface Wrong {
  readonly file: string
  /** The checks that it fails, sorted. */
  readonly fails: string
  readonly isSlip: boolean
}

/** The folder of the solutions to an exercise that judge its checks. */
export const bankOf = (slug: string): string => join(packageFolder(), 'test/grading/bank', slug)

/**
 * Wrong solutions. The first line says which checks one fails, all of them; "slip" instead of "fails" that it is a
 * single mistake of somebody who has understood the rest.
 */
export function wrongOnes(slug: string): Wrong[] {
  const folder = join(bankOf(slug), 'wrong')
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const [, kind, list] = /^(?:\/\/|#) (fails|slip): ([\w, -]+)\n/.exec(
        readFileSync(join(folder, file), 'utf8'),
      )!
      return { file, fails: list.split(', ').sort().join(', '), isSlip: kind === 'slip' }
    })
}
