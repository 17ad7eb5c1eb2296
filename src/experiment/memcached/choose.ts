import type { Report } from '../../report/index.js'
import { decide, type Rule } from '../decision.js'
import data from './needs.json' with { type: 'json' }

/** What a service may need, by the lesson's criteria of 4.3. */
export const needs = data

export type Need = keyof typeof needs
export const needNames = Object.keys(needs) as Need[]

/** Redis or Memcached for what a service needs, by the lesson's criteria. */
export function chooseServer(given: readonly Need[]): Report {
  return decide({
    command: 'memcached choose',
    title: 'Redis or Memcached?',
    parameters: { needs: given.length > 0 ? given.join(', ') : 'none said' },
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
    otherwise: { choice: 'Redis', why: 'both would do, and Redis leaves room for later needs.' },
    lesson:
      'The rows are in the order of their weight: what only one of the two can do comes before what one does better. The lesson recommends Redis in most cases.',
  })
}
