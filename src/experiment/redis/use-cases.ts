type Words = readonly string[]

export interface Choice {
  readonly structure: string
  /** Commands that fill the store with as many items. */
  fill(size: number): Words[]
  /** Commands of each action of the use case, in its order; nothing where the structure has no way to do it. */
  readonly actions: readonly ((size: number, i: number) => Words[] | undefined)[]
  /** What speaks for it or against it, beside the numbers. */
  readonly remark: string
}

export interface UseCase {
  readonly title: string
  /** What an item is, in the plural. */
  readonly items: string
  readonly size: number
  readonly actions: readonly string[]
  readonly choices: readonly Choice[]
}

const numbers = (size: number) => Array.from({ length: size }, (_, i) => i)
const place = (size: number, i: number) => (i * 7919 + 13) % size
const no = () => undefined

const fields = (size: number) => numbers(size).map((i) => `field${i}`)
const asJson = (size: number) =>
  JSON.stringify(Object.fromEntries(fields(size).map((name) => [name, 'value'])))

const session: UseCase = {
  title: 'a user’s session',
  items: 'fields',
  size: 20,
  actions: ['read a field', 'change a field', 'read all'],
  choices: [
    {
      structure: 'Hash',
      fill: (size) => [['HSET', 'session:1', ...fields(size).flatMap((name) => [name, 'value'])]],
      actions: [
        (size, i) => [['HGET', 'session:1', `field${place(size, i)}`]],
        (size, i) => [['HSET', 'session:1', `field${place(size, i)}`, 'other']],
        () => [['HGETALL', 'session:1']],
      ],
      remark: 'Each field is read and changed by itself, and the whole expires together.',
    },
    {
      structure: 'String (JSON)',
      fill: (size) => [['SET', 'session:1', asJson(size)]],
      actions: [
        () => [['GET', 'session:1']],
        (size) => [
          ['GET', 'session:1'],
          ['SET', 'session:1', asJson(size)],
        ],
        () => [['GET', 'session:1']],
      ],
      remark: 'Every change moves all of it twice, and two changes at once lose one.',
    },
    {
      structure: 'String a field',
      fill: (size) => fields(size).map((name) => ['SET', `session:1:${name}`, 'value']),
      actions: [
        (size, i) => [['GET', `session:1:field${place(size, i)}`]],
        (size, i) => [['SET', `session:1:field${place(size, i)}`, 'other']],
        (size) => [['MGET', ...fields(size).map((name) => `session:1:${name}`)]],
      ],
      remark: 'Each key has its own overhead and its own time to live.',
    },
  ],
}

const leaderboard: UseCase = {
  title: 'a leaderboard',
  items: 'players',
  size: 1000,
  actions: ['new score', 'top ten', 'my rank'],
  choices: [
    {
      structure: 'Sorted Set',
      fill: (size) => numbers(size).map((i) => ['ZADD', 'board', String(i), `player:${i}`]),
      actions: [
        (size, i) => [['ZADD', 'board', String(place(size, 3 * i)), `player:${place(size, i)}`]],
        () => [['ZREVRANGE', 'board', '0', '9', 'WITHSCORES']],
        (size, i) => [['ZREVRANK', 'board', `player:${place(size, i)}`]],
      ],
      remark: 'It is in order all the time: each answer is O(log N), plus what is read.',
    },
    {
      structure: 'Hash, sorted by client',
      fill: (size) => numbers(size).map((i) => ['HSET', 'board', `player:${i}`, String(i)]),
      actions: [
        (size, i) => [['HSET', 'board', `player:${place(size, i)}`, String(i)]],
        () => [['HGETALL', 'board']],
        () => [['HGETALL', 'board']],
      ],
      remark: 'Writing is cheapest, but every question reads all players.',
    },
    {
      structure: 'List kept in order',
      fill: (size) => numbers(size).map((i) => ['RPUSH', 'board', `player:${i}`]),
      actions: [
        (size, i) => [
          ['LREM', 'board', '1', `player:${place(size, i)}`],
          ['LINSERT', 'board', 'BEFORE', `player:${place(size, i + 1)}`, `player:${place(size, i)}`],
        ],
        () => [['LRANGE', 'board', '0', '9']],
        (size, i) => [['LPOS', 'board', `player:${place(size, i)}`]],
      ],
      remark: 'Whoever writes must know the place, and looking for it is O(N).',
    },
  ],
}

const recent: UseCase = {
  title: 'the ten products viewed last',
  items: 'views',
  size: 1000,
  actions: ['view a product', 'show the ten'],
  choices: [
    {
      structure: 'List, trimmed',
      fill: (size) =>
        numbers(size).flatMap((i) => [
          ['LPUSH', 'recent', `product:${i}`],
          ['LTRIM', 'recent', '0', '9'],
        ]),
      actions: [
        (_, i) => [
          ['LPUSH', 'recent', `product:${i}`],
          ['LTRIM', 'recent', '0', '9'],
        ],
        () => [['LRANGE', 'recent', '0', '9']],
      ],
      remark: 'In the order of time by itself. A product seen twice is there twice, unless LREM goes first.',
    },
    {
      structure: 'Sorted Set by time',
      fill: (size) =>
        numbers(size).flatMap((i) => [
          ['ZADD', 'recent', String(i), `product:${i}`],
          ['ZREMRANGEBYRANK', 'recent', '0', '-11'],
        ]),
      actions: [
        (size, i) => [
          ['ZADD', 'recent', String(size + i), `product:${i}`],
          ['ZREMRANGEBYRANK', 'recent', '0', '-11'],
        ],
        () => [['ZREVRANGE', 'recent', '0', '9']],
      ],
      remark: 'Nothing is there twice, and the time of each view is known.',
    },
    {
      structure: 'Set',
      fill: (size) => numbers(size).map((i) => ['SADD', 'recent', `product:${i}`]),
      actions: [(_, i) => [['SADD', 'recent', `product:${i}`]], no],
      remark: 'It has no order: nobody knows which ten are the last.',
    },
  ],
}

const likes: UseCase = {
  title: 'who likes a post',
  items: 'people',
  size: 1000,
  actions: ['like', 'does X like it?', 'how many?'],
  choices: [
    {
      structure: 'Set',
      fill: (size) => numbers(size).map((i) => ['SADD', 'likes', `user:${i}`]),
      actions: [
        (_, i) => [['SADD', 'likes', `user:${i}`]],
        (size, i) => [['SISMEMBER', 'likes', `user:${place(size, i)}`]],
        () => [['SCARD', 'likes']],
      ],
      remark: 'Nobody likes twice, and all answers are O(1).',
    },
    {
      structure: 'Sorted Set by time',
      fill: (size) => numbers(size).map((i) => ['ZADD', 'likes', String(i), `user:${i}`]),
      actions: [
        (_, i) => [['ZADD', 'likes', 'NX', String(i), `user:${i}`]],
        (size, i) => [['ZSCORE', 'likes', `user:${place(size, i)}`]],
        () => [['ZCARD', 'likes']],
      ],
      remark: 'Right too, and it knows who liked last; it takes more memory.',
    },
    {
      structure: 'List',
      fill: (size) => numbers(size).map((i) => ['RPUSH', 'likes', `user:${i}`]),
      actions: [
        (size, i) => [
          ['LPOS', 'likes', `user:${size + i}`],
          ['RPUSH', 'likes', `user:${size + i}`],
        ],
        (size, i) => [['LPOS', 'likes', `user:${place(size, i)}`]],
        () => [['LLEN', 'likes']],
      ],
      remark: 'Every question looks through it, and between looking and pushing a second like fits.',
    },
    {
      structure: 'Bitmap',
      fill: (size) => numbers(size).map((i) => ['SETBIT', 'likes', String(i), '1']),
      actions: [
        (_, i) => [['SETBIT', 'likes', String(i), '1']],
        (size, i) => [['GETBIT', 'likes', String(place(size, i))]],
        () => [['BITCOUNT', 'likes']],
      ],
      remark: 'Smallest by far, where people are numbered without large gaps.',
    },
    {
      structure: 'HyperLogLog',
      fill: (size) => numbers(size).map((i) => ['PFADD', 'likes', `user:${i}`]),
      actions: [(_, i) => [['PFADD', 'likes', `user:${i}`]], no, () => [['PFCOUNT', 'likes']]],
      remark: 'It only counts, within 0.81 %, and never knows who.',
    },
  ],
}

const queue: UseCase = {
  title: 'the messages of a chat room, each for one consumer',
  items: 'messages',
  size: 1000,
  actions: ['send', 'take the oldest'],
  choices: [
    {
      structure: 'List',
      fill: (size) => numbers(size).map((i) => ['RPUSH', 'queue', `message ${i}`]),
      actions: [(_, i) => [['RPUSH', 'queue', `new ${i}`]], () => [['LPOP', 'queue']]],
      remark: 'Both ends are O(1), and BLPOP waits for the next one.',
    },
    {
      structure: 'Sorted Set by time',
      fill: (size) => numbers(size).map((i) => ['ZADD', 'queue', String(i), `message ${i}`]),
      actions: [(size, i) => [['ZADD', 'queue', String(size + i), `new ${i}`]], () => [['ZPOPMIN', 'queue']]],
      remark: 'For priorities and for later; two equal messages are one.',
    },
    {
      structure: 'Pub/Sub',
      fill: () => [],
      actions: [(_, i) => [['PUBLISH', 'queue', `new ${i}`]], no],
      remark: 'Everybody who listens gets it, and nobody else ever: nothing is kept.',
    },
  ],
}

const follow: UseCase = {
  title: 'who follows whom',
  items: 'people that each of two follows',
  size: 200,
  actions: ['follow', 'whom A follows', 'who follows B', 'in common'],
  choices: [
    {
      structure: 'Two Sets',
      fill: (size) => follows('SADD', size),
      actions: [
        (_, i) => [
          ['SADD', 'A:following', `new:${i}`],
          ['SADD', `new:${i}:followers`, 'A'],
        ],
        () => [['SMEMBERS', 'A:following']],
        () => [['SMEMBERS', 'p0:followers']],
        () => [['SINTER', 'A:following', 'C:following']],
      ],
      remark: 'Each direction is one command to read; the two writes belong into MULTI.',
    },
    {
      structure: 'Two Sorted Sets',
      fill: (size) => follows('ZADD', size),
      actions: [
        (_, i) => [
          ['ZADD', 'A:following', String(i), `new:${i}`],
          ['ZADD', `new:${i}:followers`, String(i), 'A'],
        ],
        () => [['ZRANGE', 'A:following', '0', '-1']],
        () => [['ZRANGE', 'p0:followers', '0', '-1']],
        () => [['ZINTER', '2', 'A:following', 'C:following']],
      ],
      remark: 'The same, in the order of time, for more memory.',
    },
    {
      structure: 'One Set a person',
      fill: (size) => follows('SADD', size).filter(([, key]) => key.endsWith('following')),
      actions: [
        (_, i) => [['SADD', 'A:following', `new:${i}`]],
        () => [['SMEMBERS', 'A:following']],
        no,
        () => [['SINTER', 'A:following', 'C:following']],
      ],
      remark: 'Who follows B would mean to look at everybody’s set.',
    },
  ],
}

/** A follows the first `size` people, C every second of them. */
function follows(command: 'SADD' | 'ZADD', size: number): Words[] {
  const add = (key: string, member: string, i: number) =>
    command === 'SADD' ? [command, key, member] : [command, key, String(i), member]
  return ['A', 'C'].flatMap((who, step) =>
    numbers(size)
      .filter((i) => i % (step + 1) === 0)
      .flatMap((i) => [add(`${who}:following`, `p${i}`, i), add(`p${i}:followers`, who, i)]),
  )
}

export const useCases = { session, leaderboard, recent, likes, queue, follow } as const
export type UseCaseName = keyof typeof useCases
export const useCaseNames = Object.keys(useCases) as UseCaseName[]
