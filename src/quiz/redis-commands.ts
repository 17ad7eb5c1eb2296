import { fixed, type Question } from './question.js'

/** What Redis's commands cost and answer. */
export const commandsOfRedis: readonly Question[] = [
  fixed('zrevrank', {
    text: 'A leaderboard is a sorted set by points. What does ZREVRANK answer for the winner?',
    answer: '0',
    others: ['1', 'the winner’s points', 'the number of players'],
    explanation: 'Ranks count from 0, and REV begins with the highest score.',
    command: 'cachelab redis explain ZREVRANK leaderboard user:123',
  }),
  {
    id: 'lrange-end',
    ask(random) {
      const last = 4 + random.below(20)
      return {
        text: `How many items does LRANGE list 0 ${last} give of a list of a hundred?`,
        answer: String(last + 1),
        near: 0,
        explanation: 'Both ends are included.',
        command: 'cachelab redis explain LRANGE',
      }
    },
  },
  fixed('wrong-type', {
    text: 'The key user:1 holds a string. What does LPUSH user:1 x do?',
    answer: 'it answers WRONGTYPE and changes nothing',
    others: ['it turns the string into a list', 'it replaces the string', 'it appends x to the string'],
    explanation: 'A key keeps its type until it is removed, or SET overwrites it.',
    command: 'cachelab redis demo session',
  }),
  fixed('hset-answer', {
    text: 'HSET changes two fields that were there and adds one. What does it answer?',
    answer: '1',
    others: ['3', '2', 'OK'],
    explanation: 'It counts the new ones; HMSET is the one that answers OK.',
    command: 'cachelab redis explain HSET',
  }),
  fixed('zrank-cost', {
    text: 'What does ZRANK cost in a sorted set of N members?',
    answer: 'O(log N)',
    others: ['O(1)', 'O(N)', 'O(N log N)'],
    explanation:
      'The links of the skip list know how many members they go over, so that ranks add up on the way.',
    command: 'cachelab redis complexity --sizes 100,1000',
  }),
  fixed('sinter-cost', {
    text: 'SINTER of three sets with 10, 1,000 and 100,000 members: what decides how long it takes?',
    answer: 'the smallest set, times the number of sets',
    others: ['the largest set', 'all members together', 'nothing: it is O(1)'],
    explanation: 'Each member of the smallest is looked for in the others.',
    command: 'cachelab redis explain SINTER',
  }),
  fixed('lost-update', {
    text: 'Two clients do GET n, add one, and SET n, at the same time. n was 5. What can n be then?',
    answer: '6 or 7',
    others: ['7 always', '6 always', '5 or 6'],
    explanation: 'If both read before either writes, one count is lost. INCR does it in one step.',
    command: 'cachelab redis demo rate-limit',
  }),
  fixed('exec-null', {
    text: 'EXEC answers nil. What has happened?',
    answer: 'a watched key was changed, and nothing was run',
    others: [
      'no command was queued',
      'a command failed, and the others were undone',
      'all commands answered nil',
    ],
    explanation: 'Read again what was watched, and try again. Redis has no rollback.',
    command: 'cachelab redis demo lock',
  }),
  fixed('blpop-order', {
    text: 'Three workers wait with BLPOP on one list. One job is pushed. Who gets it?',
    answer: 'the one that has waited longest',
    others: ['all three', 'one of them by chance', 'the one that came last'],
    explanation: 'The others wait on, in the order in which they came.',
    command: 'cachelab redis demo queue',
  }),
  fixed('keys-command', {
    text: 'Why is KEYS user:* a bad idea on a server with a million keys?',
    answer: 'it looks at all keys, and nobody else is served meanwhile',
    others: ['it may miss keys', 'it removes what it finds', 'it only works on one database'],
    explanation: 'Commands run one after the other. SCAN goes through the keys in small steps.',
    command: 'cachelab redis explain KEYS',
  }),
]
