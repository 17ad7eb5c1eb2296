import type { Report } from '../../report/index.js'
import { decide, type Rule } from '../decision.js'
import data from './needs.json' with { type: 'json' }

/** Possible needs of a service: the lesson's criteria of 4.3. */
export const needs = data

export type Need = keyof typeof needs
export const needNames = Object.keys(needs) as Need[]

/** Redis or Memcached for what a service needs, by the lesson's criteria. */
export function chooseServer(given: readonly Need[]): Report {
  return decide({
    command: 'memcached choose',
    title: 'Redis or Memcached?',
    parameters: { needs: given.length > 0 ? given.join(', ') : 'none given' },
    rules: needNames.map((name): Rule => {
      const { what, choice, why, shownBy } = needs[name]
      const isNeeded = given.includes(name)
      return {
        id: name,
        subject: what,
        given: isNeeded ? 'needed' : '–',
        choice: isNeeded ? choice : undefined,
        why,
        shownBy,
      }
    }),
    otherwise: { choice: 'Redis', why: 'both meet these needs, and Redis can meet later ones.' },
    lesson:
      'The rows are in order of weight: needs that only one of the two meets come before needs that one meets better. The lesson recommends Redis in most cases.',
  })
}
