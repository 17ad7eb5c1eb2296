import type { Report } from '../../report/index.js'
import { decide, type Rule } from '../decision.js'

/** The lesson's criteria of 4.3: what a service needs. */
export const needs = {
  structures: {
    choice: 'Redis',
    what: 'lists, sets, sorted sets',
    why: 'Memcached stores strings only; a structure in a string is read and written whole, and two writers overwrite each other.',
    shownBy: 'cachelab redis choose leaderboard',
  },
  leaderboard: {
    choice: 'Redis',
    what: 'a leaderboard or rate limiting',
    why: 'a sorted set ranks in O(log N); without one, somebody has to sort.',
    shownBy: 'cachelab redis demo rate-limiter',
  },
  pubsub: {
    choice: 'Redis',
    what: 'messages or queues',
    why: 'Pub/Sub and blocking lists are there; Memcached has nothing like them.',
    shownBy: 'cachelab redis demo queue',
  },
  persistence: {
    choice: 'Redis',
    what: 'data that survives a restart',
    why: 'Memcached’s memory is gone with its process; Redis reads a snapshot or its log.',
    shownBy: 'cachelab memcached compare',
  },
  replication: {
    choice: 'Redis',
    what: 'copies, and failover',
    why: 'Memcached has no replication: with a server its keys are gone.',
    shownBy: 'cachelab sentinel run',
  },
  sessions: {
    choice: 'Redis',
    what: 'sessions',
    why: 'a session that is lost logs a person out, so it should survive a server; a hash changes one field of it.',
    shownBy: 'cachelab redis choose session',
  },
  throughput: {
    choice: 'Memcached',
    what: 'very high throughput on one machine',
    why: 'its workers serve requests on all cores; Redis executes commands on one.',
    shownBy: 'cachelab memcached compare',
  },
  multicore: {
    choice: 'Memcached',
    what: 'the use of many cores',
    why: 'one process uses them all; with Redis it takes several processes, as in Cluster.',
    shownBy: 'cachelab memcached compare',
  },
  memory: {
    choice: 'Memcached',
    what: 'little overhead a small item',
    why: 'an item costs about 60 bytes beside key and value, plus what its chunk leaves empty; measure both on your sizes.',
    shownBy: 'cachelab memcached slabs',
  },
  simple: {
    choice: 'Memcached',
    what: 'nothing but keys and values',
    why: 'then there is no more to it than GET and SET, and it is the simpler server.',
    shownBy: 'cachelab memcached lru',
  },
} as const

export type Need = keyof typeof needs
export const needNames = Object.keys(needs) as Need[]

/** Redis or Memcached for what a service needs, by the lesson's criteria. */
export function chooseServer(given: readonly Need[]): Report {
  return decide({
    command: 'memcached choose',
    title: 'Redis or Memcached?',
    parameters: { needs: given.length > 0 ? given.join(', ') : 'none said' },
    rules: needNames.map(
      (name): Rule => ({
        id: name,
        subject: needs[name].what,
        given: given.includes(name) ? 'needed' : '–',
        choice: given.includes(name) ? needs[name].choice : undefined,
        why: needs[name].why,
        shownBy: needs[name].shownBy,
      }),
    ),
    otherwise: {
      choice: 'Redis',
      why: 'both would do, and Redis has room for what comes later.',
    },
    lesson:
      'What only one of them can do goes before what one does better: that is the order of the rows. The lesson recommends Redis in most cases.',
  })
}
