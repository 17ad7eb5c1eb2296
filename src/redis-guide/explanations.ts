import type { Command, Group } from '../redis/command.js'

/** What people get wrong, by command; where there is nothing, by group. */
const MISTAKES: Readonly<Record<string, readonly string[]>> = {
  set: [
    'It overwrites a key of any type, and takes its time to live away unless KEEPTTL is given.',
    'A lock needs NX and EX in one command: SETNX and then EXPIRE leaves a lock for ever if the client dies in between.',
  ],
  get: ['It reads strings alone: HGETALL, LRANGE, SMEMBERS and ZRANGE read the other types.'],
  setnx: ['It can’t set a time to live. SET key value NX EX 30 does both at once.'],
  getset: ['It takes the time to live away. SET key value KEEPTTL GET leaves it.'],
  incr: [
    'GET, adding one in the client and SET loses counts when two clients do it at once. INCR doesn’t.',
    'It keeps the time to live: for a window of a minute, EXPIRE belongs to the first INCR only.',
  ],
  incrbyfloat: ['Decimal numbers are rounded. Count money in cents with INCRBY.'],
  append: ['It makes a string grow without end; nothing trims it.'],
  mget: ['It answers null for a key that holds another type, where GET answers an error.'],
  setbit: ['An offset of a billion makes a string of 125 MB at once, even if only one bit is set.'],
  expire: ['Renaming keeps the time to live and SET removes it; HSET, LPUSH and INCR leave it alone.'],
  keys: ['It looks at every key while all other clients wait. SCAN does so step by step.'],
  del: [
    'Removing a collection of millions takes a while, in which nobody else is served. UNLINK doesn’t wait.',
  ],
  scan: [
    'It may give a key twice, and fewer than COUNT keys or none at all before the end: only cursor 0 is the end.',
  ],
  rename: ['It replaces the other key without asking. RENAMENX asks.'],
  hset: [
    'It answers how many fields are new: 0 when only old ones were changed.',
    'A field has no time to live of its own, only the whole key has.',
  ],
  hgetall: [
    'It is O(N): fine for a session, not for a hash with a million fields. HSCAN goes through those.',
  ],
  hincrby: ['The field must hold an integer; HINCRBYFLOAT takes decimal numbers.'],
  lpush: [
    'LPUSH a b c leaves c in front: each is pushed by itself.',
    'Without LTRIM a list of recent things grows for ever.',
  ],
  rpush: ['Nothing bounds a queue: where consumers are slower than producers, it grows until memory ends.'],
  lrange: ['The last position is included: 0 9 are ten items, and 0 -1 are all of them.'],
  ltrim: ['It names what stays, not what goes.'],
  lindex: ['A position in the middle is O(N): Redis walks there. Lists are quick at their ends only.'],
  blpop: [
    'The item is gone once it is popped: if the worker dies, it is lost. LMOVE into a list of work in progress keeps it.',
    '0 waits for ever.',
  ],
  lrem: ['It looks through the whole list. Where things are removed by name, a set is quicker.'],
  sadd: [
    'It answers how many were new; that is how to see whether somebody likes a post for the first time.',
  ],
  smembers: ['It gives all members in no order. SSCAN goes through large sets, ZRANGE has an order.'],
  sinter: [
    'It is O(N·M): as long as the smallest set, times the number of sets.',
    'In a cluster all sets must lie in one slot: {user:1}:follows, {user:1}:likes.',
  ],
  spop: ['It removes what it gives. SRANDMEMBER doesn’t.'],
  zadd: [
    'The score comes before the member.',
    'It answers how many are new; CH counts changed ones too.',
    'Scores are doubles: exact for integers up to 2⁵³.',
  ],
  zrange: [
    'The lowest score is first; REV or ZREVRANGE begin with the highest.',
    'The last position is included: 0 2 are three members.',
  ],
  zrevrange: ['The last position is included: 0 2 are three members.'],
  zrangebyscore: [
    'Both ends are included; (80 leaves 80 out. -inf and +inf are all.',
    'LIMIT with a large offset is O(offset).',
  ],
  zrank: ['It counts from 0 and from the lowest score. In a leaderboard the winner has ZREVRANK 0.'],
  zincrby: ['It gives the new score as a string.'],
  multi: ['An error of one command doesn’t undo the others: there is no rollback.'],
  exec: ['After WATCH it answers null if a key was changed: read again, and try again.'],
  watch: ['It comes before MULTI, and before what is read.'],
  publish: ['Nobody keeps a message: who doesn’t listen right now never gets it.'],
  pfcount: ['The number is right within 0.81 % on average, not exact; and nobody can ask who was counted.'],
}

const OF_GROUP: Readonly<Record<Group, readonly string[]>> = {
  string: ['A key of another type answers WRONGTYPE; what is written to it doesn’t convert.'],
  bitmap: ['Bits are counted from the left, and the string becomes as long as the highest bit needs.'],
  hash: ['A field has no time to live of its own, only the whole key has.'],
  list: [
    'Positions in the middle are O(N); both ends are O(1).',
    'A list that becomes empty is gone, with its time to live.',
  ],
  set: ['Members have no order. A set that becomes empty is gone, with its time to live.'],
  'sorted-set': [
    'Members of the same score are ordered by their bytes.',
    'A sorted set that becomes empty is gone.',
  ],
  hyperloglog: ['What was counted can’t be listed or taken back.'],
  generic: ['Keys are named exactly: there are no patterns but with KEYS and SCAN.'],
  transactions: ['Commands between MULTI and EXEC answer QUEUED: what they read is known only after EXEC.'],
  pubsub: ['A connection that listens can say nothing else in RESP2 until it unsubscribes.'],
  connection: ['It concerns this connection alone.'],
  server: ['It concerns the server and all its clients.'],
}

export function mistakesOf({ name, group }: Command): readonly string[] {
  return MISTAKES[name] ?? OF_GROUP[group]
}

/** Words for the values that a usage names, for an example where none is given. */
const WORDS: Readonly<Record<string, string>> = {
  command: 'GET user:123',
  ...{
    field: 'age',
    element: 'job3',
    pivot: 'job2',
    member: 'user:789',
    value: '"Ann"',
    score: '90',
    count: '2',
  },
  ...{
    increment: '5',
    decrement: '5',
    seconds: '60',
    milliseconds: '60000',
    min: '0',
    max: '1',
    start: '0',
    stop: '1',
  },
  ...{
    end: '3',
    index: '0',
    offset: '7',
    timeout: '1',
    cursor: '0',
    pattern: 'u*',
    message: 'hello',
    channel: 'news',
  },
  ...{
    numkeys: '2',
    bit: '1',
    operation: 'AND',
    db: '1',
    index1: '0',
    index2: '1',
    len: '2',
    encoding: 'u8',
  },
  ...{
    'unix-time-seconds': '4000000000',
    'unix-time-milliseconds': '4000000000000',
    weight: '1',
    parameter: 'maxmemory',
  },
  ...{
    'connection-name': 'me',
    'client-id': '1',
    password: 'secret',
    'command-name': 'GET',
    'destination-db': '1',
  },
}

const KEY_OF: Readonly<Partial<Record<Group, string>>> = {
  ...{
    string: 'counter',
    bitmap: 'visitors',
    hash: 'user:123',
    list: 'queue:jobs',
    set: 'user:123:followers',
  },
  ...{ 'sorted-set': 'leaderboard', hyperloglog: 'unique' },
}

const SECOND_KEY: Readonly<Partial<Record<Group, string>>> = {
  ...{
    string: 'other',
    list: 'queue:done',
    set: 'user:456:followers',
    'sorted-set': 'lastweek',
    hyperloglog: 'unique:2',
  },
}

/** The word that stands for a value of a command's usage. */
export function exampleWord({ group, name: command }: Command, name: string, isFirst: boolean): string {
  if (/^(key\d?|source|destination|src|dst|destkey|sourcekey|newkey)$/.test(name)) {
    const first = KEY_OF[group] ?? 'user:123'
    return isFirst ? first : (SECOND_KEY[group] ?? 'user:124')
  }
  if (name === 'value' && (command === 'setbit' || command === 'config|set')) return '1'
  if (/lex/.test(command) && (name === 'min' || name === 'max')) return name === 'min' ? '-' : '+'
  return WORDS[name] ?? name
}

/** Commands that fill the keys of an example, by the type that a group works on. */
const SAMPLES: Readonly<Partial<Record<Group, (key: string, place: number) => readonly string[]>>> = {
  string: (key) => ['SET', key, '10'],
  bitmap: (key) => ['SETBIT', key, '3', '1'],
  hash: (key) => ['HSET', key, 'name', 'John', 'age', '30', 'email', 'john@example.com'],
  list: (key, place) => ['RPUSH', key, ...(place === 0 ? ['job1', 'job2'] : ['old'])],
  set: (key, place) => ['SADD', key, 'user:789', place === 0 ? 'user:456' : 'user:1'],
  'sorted-set': (key, place) =>
    place === 0
      ? ['ZADD', key, '100', 'user:123', '85', 'user:456', '92', 'user:789']
      : ['ZADD', key, '70', 'user:456', '60', 'user:1'],
  hyperloglog: (key, place) => ['PFADD', key, 'a', 'b', `c${place}`],
  generic: (key) => ['SET', key, 'John'],
  transactions: (key) => ['SET', key, 'John'],
}

const NUMBERS = [['RPUSH', 'user:123', '30', '4', '100']]
const QUEUED = [['SET', 'stock', '5'], ['MULTI'], ['DECR', 'stock'], ['GET', 'stock']]

/** What some commands need before them. */
const PREPARED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  ...{ sort: NUMBERS, sort_ro: NUMBERS, exec: QUEUED, discard: QUEUED },
  'object|freq': [
    ['CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lfu'],
    ['SET', 'user:123', 'John'],
  ],
}

/** Commands that an example of a command needs before it, if it is one of those. */
export const preparationFor = ({ name }: Command) => PREPARED[name]

/** What fills a key so that a command has something to work on; nothing for those that work on no key. */
export function sampleFor({ group }: Command, key: string, place: number): readonly string[] | undefined {
  return SAMPLES[group]?.(key, place)
}
