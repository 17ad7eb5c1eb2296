/** The Redis store: commands a second in process, growth, memory and start-up. */
import { fileURLToPath } from 'node:url'
import { RedisStore, splitWords } from '../../dist/library/index.cjs'
import { heading, inTurn, line, median, wholeProcess } from './measure.mjs'

const program = fileURLToPath(new URL('../../bin/cachelab.js', import.meta.url))
const MEMBERS = 100_000
const COMMANDS = 1_000_000
const perSecond = (count, ms) => `${(count / ms / 1000).toFixed(2)} million/s`
const place = (i, size = MEMBERS) => (i * 7919) % size

/** A store on which commands have run, and what runs them again. */
function prepared(words, count = COMMANDS, size = MEMBERS) {
  const store = new RedisStore()
  const client = store.connect()
  const commands = Array.from({ length: size }, (_, i) => words(i))
  const run = () => {
    for (let i = 0; i < count; i++) store.execute(client, commands[i % size])
  }
  for (const command of commands) store.execute(client, command)
  return run
}

heading(
  `A million commands in process, ${MEMBERS.toLocaleString('en')} keys or members; wanted: a million a second`,
)
const plain = new Map()
const simple = {
  'a plain Map, set': () => {
    for (let i = 0; i < COMMANDS; i++) plain.set(`key:${place(i)}`, 'value')
  },
  SET: prepared((i) => ['SET', `key:${place(i)}`, 'value']),
  GET: prepared((i) => ['GET', `key:${place(i)}`]),
  INCR: prepared((i) => ['INCR', `key:${place(i)}`]),
  LPUSH: prepared((i) => ['LPUSH', 'list', `item:${i}`]),
  SADD: prepared((i) => ['SADD', 'set', `member:${place(i)}`]),
  'ZADD, scores that stay': prepared((i) => ['ZADD', 'sorted', String(i), `member:${place(i)}`]),
  'ZADD, scores that change': (() => {
    let round = 0
    const store = new RedisStore()
    const client = store.connect()
    const names = Array.from({ length: MEMBERS }, (_, i) => `member:${i}`)
    return () => {
      for (let i = 0; i < COMMANDS; i++)
        store.execute(client, [
          'ZADD',
          'sorted',
          String((i * 31 + round * 77_777) % 1_000_003),
          names[place(i)],
        ])
      round++
    }
  })(),
}
const measured = inTurn(simple, 3)
for (const [name, ms] of Object.entries(measured))
  line(
    name,
    ms,
    `${perSecond(COMMANDS, ms)}, ${(ms / measured['a plain Map, set']).toFixed(2)} × a plain Map`,
  )

heading('With parsing a line each; wanted: 600,000 a second')
const store = new RedisStore()
const client = store.connect()
const lines = Array.from({ length: MEMBERS }, (_, i) => `SET key:${place(i)} value`)
const parsing = inTurn(
  {
    'SET from lines': () => {
      for (let i = 0; i < COMMANDS; i++) store.execute(client, splitWords(lines[i % MEMBERS]))
    },
  },
  3,
)
line('SET from lines', parsing['SET from lines'], perSecond(COMMANDS, parsing['SET from lines']))

heading('Sorted sets as they grow; log N would be 1 : 1.33 : 1.67 : 2, memory gets slower too')
for (const name of ['ZADD', 'ZRANK']) {
  let first
  for (const size of [1e3, 1e4, 1e5, 1e6]) {
    const own = new RedisStore()
    const asker = own.connect()
    for (let i = 0; i < size; i++) own.execute(asker, ['ZADD', 'z', String(place(i, size)), `m:${i}`])
    const start = performance.now()
    for (let i = 0; i < 200_000; i++) {
      const member = `m:${place(i, size)}`
      own.execute(
        asker,
        name === 'ZADD' ? ['ZADD', 'z', String(place(3 * i, size) + 0.5), member] : ['ZRANK', 'z', member],
      )
    }
    const ms = performance.now() - start
    first ??= ms
    line(
      `${name} among ${size.toLocaleString('en')}, 200,000 times`,
      ms,
      `${(ms / first).toFixed(2)} × the first`,
    )
  }
}

heading('A million keys; wanted: less than 400 MB')
const filling = `import { RedisStore } from '${new URL('../../dist/library/index.cjs', import.meta.url)}'
const s = new RedisStore(), c = s.connect()
for (let i = 0; i < 1e6; i++) s.execute(c, ['SET', 'key:' + i, 'value:' + i])`
const { milliseconds, megabytes } = wholeProcess(['--input-type=module', '--eval', filling], { memory: true })
line('the whole process', milliseconds, `${Math.round(megabytes)} MB at its peak`)

heading('Start-up of redis run on ten lines; wanted: less than 1.6 × an empty process')
const script =
  'SET a 1\nINCR a\nGET a\nRPUSH l 1 2\nLRANGE l 0 -1\nSADD s a\nSMEMBERS s\nZADD z 1 a\nZRANGE z 0 -1\nDEL a\n'
const starts = { empty: [], run: [] }
for (let i = 0; i < 15; i++) {
  starts.empty.push(wholeProcess(['-e', '0']).milliseconds)
  starts.run.push(wholeProcess([program, 'redis', 'run', '-'], { input: script }).milliseconds)
}
line('node -e 0', median(starts.empty))
line(
  'cachelab redis run -',
  median(starts.run),
  `${(median(starts.run) / median(starts.empty)).toFixed(2)} ×`,
)
