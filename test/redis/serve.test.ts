import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import fc from 'fast-check'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Decoder } from '../../src/redis/serve/decode.js'
import { type Listening, listen } from '../../src/redis/serve/listen.js'
import { Server } from '../../src/redis/server.js'
import { SystemTime } from '../../src/redis/time-source.js'
import { isThorough, testOnce } from '../layer.js'

let store: Server
let listening: Listening

beforeAll(async () => {
  store = new Server({ clock: new SystemTime() })
  listening = await listen(store, 0, '127.0.0.1')
})
beforeEach(() => {
  for (const db of store.databases) db.clear()
})
afterAll(() => listening.stop())

/** Sends bytes; gives what comes back, once it ends with a text or the connection does. */
async function talk(bytes: string, until?: string): Promise<string> {
  const socket = connectTcp(listening.port, '127.0.0.1')
  socket.write(bytes, 'latin1')
  const got = await read(socket, until)
  socket.destroy()
  return got
}

async function read(socket: Socket, until?: string): Promise<string> {
  let got = ''
  for await (const chunk of socket) {
    got += (chunk as Buffer).toString('latin1')
    if (until !== undefined && got.endsWith(until)) break
  }
  return got
}

/** For what takes its time on a busy machine. */
const PATIENT = { timeout: 60_000 }

const ping = '*1\r\n$4\r\nPING\r\n'

describe('RESP', () => {
  testOnce('replies of every kind, in RESP2', async () => {
    const lines = [
      'SET k v',
      'GET k',
      'GET none',
      'INCR n',
      'LPUSH k x',
      'RPUSH l a b',
      'LRANGE l 0 -1',
      'LPOP none 2',
      'HSET h f v',
      'HGETALL h',
      'ZADD z 1.5 m',
      'ZSCORE z m',
      'PING',
    ]
    expect(await talk(`${lines.join('\r\n')}\r\n`, '+PONG\r\n')).toBe(
      [
        '+OK',
        ...['$1', 'v', '$-1', ':1'],
        '-WRONGTYPE Operation against a key holding the wrong kind of value',
        ...[':2', '*2', '$1', 'a', '$1', 'b', '*-1', ':1', '*2', '$1', 'f', '$1', 'v', ':1', '$3', '1.5'],
        ...['+PONG', ''],
      ].join('\r\n'),
    )
  })

  testOnce('and in RESP3', async () => {
    const lines = [
      ...['HELLO 3', 'HSET h f v', 'HGETALL h', 'SADD s m', 'SMEMBERS s', 'GET none', 'LPOP none 2'],
      ...['ZADD z 1.5 m', 'ZSCORE z m', 'ZRANGE z 0 -1 WITHSCORES', 'SUBSCRIBE c', 'PUBLISH c hi', 'PING'],
    ]
    const got = await talk(`${lines.join('\r\n')}\r\n`, '+PONG\r\n')
    expect(got.slice(got.indexOf(':1\r\n%1'))).toBe(
      [
        ...[':1', '%1', '$1', 'f', '$1', 'v', ':1', '~1', '$1', 'm', '_', '_', ':1', ',1.5'],
        ...['*1', '*2', '$1', 'm', ',1.5', '>3', '$9', 'subscribe', '$1', 'c', ':1'],
        ...['>3', '$7', 'message', '$1', 'c', '$2', 'hi', ':1', '+PONG', ''],
      ].join('\r\n'),
    )
  })

  testOnce('binary values, and a command in pieces', async () => {
    const socket = connectTcp(listening.port, '127.0.0.1').setNoDelay(true)
    const bytes = '*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\n\0\r\n\xff\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n'
    for (const byte of bytes) socket.write(byte, 'latin1')
    expect(await read(socket, '\xff\r\n')).toBe('+OK\r\n$4\r\n\0\r\n\xff\r\n')
  })

  testOnce.each([
    ['*abc\r\n', 'invalid multibulk length'],
    ['*3000000000\r\n', 'invalid multibulk length'],
    ['*01\r\n', 'invalid multibulk length'],
    ['*-0\r\n', 'invalid multibulk length'],
    [`*${'1'.repeat(70_000)}`, 'too big mbulk count string'],
    [`*1\r\n$${'x'.repeat(70_000)}`, 'too big bulk count string'],
    ['*1\r\n:5\r\n', "expected '$', got ':'"],
    ['*1\r\n$04\r\nPING\r\n', 'invalid bulk length'],
    [`\0${'A\n'.repeat(40_000)}`, 'too big inline request'],
    [`*\0${'A\r\n'.repeat(30_000)}`, 'too big mbulk count string'],
    ['*1\r\n$-5\r\n', 'invalid bulk length'],
    ['*1\r\n$629145600\r\n', 'invalid bulk length'],
    ['*1\r\n$1e3\r\n', 'invalid bulk length'],
    ['GET "open\r\n', 'unbalanced quotes in request'],
    [`${'x'.repeat(70_000)}`, 'too big inline request'],
  ])('%j ends the connection, in Redis’s words', async (bytes, message) => {
    const other = connectTcp(listening.port, '127.0.0.1')
    expect(await talk(`${ping}${bytes}`)).toBe(`+PONG\r\n-ERR Protocol error: ${message}\r\n`)
    other.write(ping)
    expect(await read(other, '\r\n')).toBe('+PONG\r\n')
    other.destroy()
  })

  test('whatever is sent, in whatever pieces, commands are those that were meant, or it is refused', () => {
    const word = fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)), maxLength: 30 })
    const commands = fc.array(fc.array(word, { minLength: 1, maxLength: 5 }), { maxLength: 8 })
    fc.assert(
      fc.property(commands, fc.array(fc.nat(200), { maxLength: 20 }), (asked, cuts) => {
        const bytes = asked
          .map(
            (words) =>
              `*${words.length}\r\n${words.map((text) => `$${text.length}\r\n${text}\r\n`).join('')}`,
          )
          .join('')
        const decoder = new Decoder()
        const got: string[][] = []
        let at = 0
        for (const cut of [...cuts, bytes.length]) {
          const chunk = Buffer.from(bytes.slice(at, at + cut), 'latin1')
          decoder.push(chunk)
          for (let words = decoder.next(); words; words = decoder.next()) got.push(words)
          decoder.keep()
          chunk.fill(0)
          at = Math.min(bytes.length, at + cut)
        }
        expect(got).toEqual(asked)
      }),
    )
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 10 }), (chunks) => {
        const decoder = new Decoder()
        for (const chunk of chunks) {
          decoder.push(Buffer.from(chunk))
          while (decoder.next()) {}
        }
        expect(decoder.fault ?? '').toMatch(/^(Protocol error: .*)?$/)
      }),
    )
  })
})

testOnce.each([1, 2, 3])('an inline command follows a word whose header came in parts, cut at %i', (cut) => {
  const decoder = new Decoder()
  const header = '$4\r\n'
  const got = [`*1\r\n${header.slice(0, cut)}`, `${header.slice(cut)}PING\r\n1\n`].flatMap((packet) => {
    decoder.push(Buffer.from(packet))
    const commands: string[][] = []
    for (let words = decoder.next(); words; words = decoder.next()) commands.push(words)
    decoder.keep()
    return commands
  })
  expect(got).toEqual([['PING'], ['1']])
})

testOnce('commands of a client that ends its side are answered', async () => {
  const socket = connectTcp({ port: listening.port, host: '127.0.0.1', allowHalfOpen: true })
  socket.end('DEBUG SLEEP 1\r\nINCR n\r\nBLPOP none 0\r\nINCR n\r\n')
  expect(await read(socket)).toBe('+OK\r\n:1\r\n')
  socket.destroy()
})

testOnce('half a command, and then silence, keeps nobody else waiting', async () => {
  const silent = connectTcp(listening.port, '127.0.0.1')
  silent.write('*2\r\n$3\r\nGET\r\n$500000000\r\nabc')
  expect(await talk(ping, '\r\n')).toBe('+PONG\r\n')
  silent.destroy()
})

testOnce('a thousand idle connections cost little, and are gone when they close', async () => {
  const before = store.clients.size
  const sockets = Array.from({ length: 1000 }, () => connectTcp(listening.port, '127.0.0.1'))
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  expect(await talk(ping, '\r\n')).toBe('+PONG\r\n')
  for (const socket of sockets) socket.destroy()
  await expect.poll(() => store.clients.size).toBeLessThanOrEqual(before)
})

describe('the clients that people use', () => {
  testOnce('redis', async () => {
    const url = `redis://127.0.0.1:${listening.port}`
    for (const RESP of [2, 3] as const) {
      const client = createClient({ url, RESP })
      client.on('error', () => {})
      await client.connect()
      await client.flushAll()
      expect(await client.set('k', 'é')).toBe('OK')
      expect(await client.get('k')).toBe('é')
      expect(await client.hSet('h', { a: '1', b: '2' })).toBe(2)
      expect({ ...(await client.hGetAll('h')) }).toEqual({ a: '1', b: '2' })
      await client.zAdd('z', [{ score: 1.5, value: 'm' }])
      expect(await client.zRangeWithScores('z', 0, -1)).toEqual([{ score: 1.5, value: 'm' }])
      expect(await client.multi().incr('n').get('n').exec()).toEqual([1, '1'])
      const listener = client.duplicate()
      await listener.connect()
      const heard = new Promise((resolve) => {
        void listener.subscribe('news', resolve)
      })
      await expect.poll(() => client.publish('news', 'hello')).toBe(1)
      expect(await heard).toBe('hello')
      listener.destroy()
      client.destroy()
    }
  })

  testOnce('ioredis, with a worker that waits', async () => {
    const options = { port: listening.port, host: '127.0.0.1' }
    const [client, worker] = [new Redis(options), new Redis(options)]
    const job = worker.blpop('jobs', 5)
    await expect.poll(() => store.blocking.count).toBe(1)
    expect(await client.rpush('jobs', 'one', 'two')).toBe(2)
    expect(await job).toEqual(['jobs', 'one'])
    const replies = await client.pipeline().set('a', '1').incr('a').lpush('a', 'x').exec()
    expect(replies?.map(([error, value]) => error?.message ?? value)).toEqual([
      ...['OK', 2, 'WRONGTYPE Operation against a key holding the wrong kind of value'],
    ])
    const none = await worker.blpop('jobs', 'other', 0.05).then(() => worker.blpop('other', 0.05))
    expect(none).toBeNull()
    client.disconnect()
    worker.disconnect()
  })
})

testOnce('a port that is taken', async () => {
  await expect(listen(new Server(), listening.port, '127.0.0.1')).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
})

describe('nothing brings it down', () => {
  let own: Server
  let logged: string[]
  let server: Listening
  const command = (...words: string[]) =>
    `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`

  beforeAll(async () => {
    own = new Server({ clock: new SystemTime() })
    logged = []
    server = await listen(own, 0, '127.0.0.1', (line) => logged.push(line))
  })
  afterAll(() => server.stop())

  async function exchange(bytes: string, until?: string): Promise<string> {
    const socket = connectTcp(server.port, '127.0.0.1')
    socket.write(bytes, 'latin1')
    const got = await read(socket, until)
    socket.destroy()
    return got
  }

  testOnce('a fault in a command is its reply, also inside EXEC, and is logged', async () => {
    const { stringReply } = own.databases[0]
    own.databases[0].stringReply = () => {
      throw new RangeError('too long')
    }
    const fault = '-ERR a fault of cachelab, not of the command: too long\r\n'
    expect(await exchange(`GET k\r\n${ping}`, '+PONG\r\n')).toBe(`${fault}+PONG\r\n`)
    expect(await exchange(`MULTI\r\nGET k\r\nPING\r\nEXEC\r\n`, '+PONG\r\n')).toBe(
      `+OK\r\n${'+QUEUED\r\n'.repeat(2)}*2\r\n${fault}+PONG\r\n`,
    )
    own.databases[0].stringReply = stringReply
    expect(logged).toContain('Fault of cachelab in "GET": RangeError: too long')
  })

  testOnce('a reply that can’t be encoded is an error', async () => {
    const { stringReply } = own.databases[0]
    own.databases[0].stringReply = () =>
      new Proxy([], {
        get: () => {
          throw new Error('no')
        },
      }) as never
    expect(await exchange(`GET k\r\n${ping}`, '+PONG\r\n')).toMatch(/^-ERR a fault of cachelab.*\r\n\+PONG/)
    own.databases[0].stringReply = stringReply
  })

  testOnce.each(['POST / HTTP/1.1', 'pOsT /', 'Host: here'])(
    '%s ends the connection and runs nothing',
    async (line) => {
      expect(await exchange(`SET k v\r\n${line}\r\nFLUSHALL\r\n${ping}`)).toBe('')
      expect(own.databases[0].has('k')).toBe(true)
      expect(logged.filter((text) => text.includes('Possible SECURITY ATTACK'))).toHaveLength(1)
    },
  )

  testOnce('until it has given a password, a client may send little at a time', async () => {
    own.settings.assign('requirepass', 'secret')
    const error = (what: string) => `-ERR Protocol error: unauthenticated ${what} length\r\n`
    expect(await exchange(`*11\r\n`)).toBe(error('multibulk'))
    expect(await exchange(`*2\r\n$3\r\nGET\r\n$16385\r\n`)).toBe(error('bulk'))
    const large = command('ECHO', 'x'.repeat(20_000))
    expect(await exchange(`AUTH secret\r\n${large}${ping}`, 'PONG\r\n')).toMatch(
      /^\+OK\r\n\$20000\r\nx+\r\n\+PONG/,
    )
    own.settings.assign('requirepass', '')
  })

  test.runIf(process.platform === 'linux')('protected mode: other machines are refused', async () => {
    const from = async () => {
      const socket = connectTcp({ port: server.port, host: '127.0.0.1', localAddress: '127.0.0.2' })
      socket.write(ping)
      const got = await read(socket, '+PONG\r\n')
      socket.destroy()
      return got
    }
    expect(await from()).toMatch(/^-DENIED Redis is running in protected mode .* from the outside\.\r\n$/)
    own.settings.assign('protected-mode', 'no')
    expect(await from()).toBe('+PONG\r\n')
    own.settings.assign('protected-mode', 'yes')
  })

  testOnce(
    'a client that doesn’t read waits with its commands, and gets all replies once it reads',
    async () => {
      const value = 'x'.repeat(1 << 20)
      await exchange(command('SET', 'large', value), '+OK\r\n')
      const count = 150
      const socket = connectTcp(server.port, '127.0.0.1')
      const before = own.stats.commands
      socket.write(command('GET', 'large').repeat(count))
      await expect.poll(() => own.stats.commands - before, PATIENT).toBeGreaterThan(60)
      expect(await exchange(ping, '\r\n')).toBe('+PONG\r\n')
      expect(own.stats.commands - before).toBeLessThan(count)
      let bytes = 0
      for await (const chunk of socket) {
        bytes += (chunk as Buffer).length
        if (bytes === count * (value.length + 12)) break
      }
      expect(bytes).toBe(count * (value.length + 12))
      socket.destroy()
    },
  )

  testOnce('a subscriber that doesn’t read is cut at Redis’s limit', async () => {
    own.settings.assign('client-output-buffer-limit', 'normal 0 0 0 slave 0 0 0 pubsub 1048576 0 0')
    const socket = connectTcp(server.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write('SUBSCRIBE news\r\n')
    await once(socket, 'data')
    socket.pause()
    const message = command('PUBLISH', 'news', 'x'.repeat(500_000))
    let heard = ':1\r\n'
    for (let i = 0; i < 100 && heard === ':1\r\n'; i++) heard = await exchange(message, '\r\n')
    expect(heard).toBe(':0\r\n')
    expect(logged.at(-1)).toMatch(/closed for overcoming of output buffer limits$/)
    socket.destroy()
  })

  testOnce('CONFIG SET timeout: an idle client is cut, one that waits or listens is not', async () => {
    const sockets = await Promise.all(
      ['PING', 'BLPOP none 0', 'SUBSCRIBE c'].map(async (line) => {
        const socket = connectTcp(server.port, '127.0.0.1')
        const { commands } = own.stats
        socket.write(`${line}\r\n`)
        await expect.poll(() => own.stats.commands, PATIENT).toBeGreaterThan(commands)
        return socket
      }),
    )
    own.settings.assign('timeout', '60')
    own.clock.advance(61_000)
    await expect.poll(() => own.clients.size, PATIENT).toBe(2)
    expect(logged.at(-1)).toMatch(/closed for being idle$/)
    own.settings.assign('timeout', '0')
    for (const socket of sockets) socket.destroy()
    await expect.poll(() => own.clients.size, PATIENT).toBe(0)
  })

  testOnce('keys that have expired are gone inside a chunk and inside MULTI', async () => {
    const set = command('SET', 'k', 'v', 'PXAT', '1')
    const get = command('GET', 'k')
    expect(await exchange(`${set}${get}EXISTS k\r\n${ping}`, 'PONG\r\n')).toBe(
      '+OK\r\n$-1\r\n:0\r\n+PONG\r\n',
    )
    expect(await exchange(`MULTI\r\n${set}${get}EXEC\r\n`, '$-1\r\n')).toMatch(/\*2\r\n\+OK\r\n\$-1\r\n$/)
  })

  test.runIf(isThorough)(
    'strings that are longer than V8’s longest text',
    async () => {
      const MOST = 536_870_912
      const sized = async (bytes: string) => {
        const socket = connectTcp(server.port, '127.0.0.1')
        socket.write(`${bytes}${ping}`)
        let length = 0
        let end = ''
        for await (const chunk of socket) {
          length += (chunk as Buffer).length
          end = (end + (chunk as Buffer).toString('latin1')).slice(-40)
          if (end.endsWith('+PONG\r\n')) break
        }
        socket.destroy()
        return { length: length - 7, end }
      }
      const got = { length: MOST + 14 }
      expect(await exchange(`SETRANGE k ${MOST - 1} x\r\n`, '\r\n')).toBe(`:${MOST}\r\n`)
      expect(await sized('GET k\r\n')).toMatchObject({
        ...got,
        end: expect.stringMatching(/\0x\r\n\+PONG\r\n$/),
      })
      expect(await sized('MGET k k\r\n')).toMatchObject({ length: 4 + 2 * got.length })
      expect(await sized('MULTI\r\nGET k\r\nSETRANGE k 0 y\r\nGETRANGE k 0 3\r\nEXEC\r\n')).toMatchObject({
        end: expect.stringContaining('$4\r\ny\0\0\0\r\n'),
      })
      const lines = [
        ...[
          'APPEND k x',
          `SETRANGE k ${MOST} x`,
          'SETBIT b 4294967295 1',
          'BITCOUNT b',
          'STRLEN b',
          'BITOP NOT c b',
        ],
        ...[
          'GETBIT c 4294967295',
          'COPY c d',
          'RENAME d e',
          'GETRANGE e -1 -1',
          'INCR b',
          'LCS b c',
          'PFCOUNT b',
        ],
      ]
      const tooLong = '-ERR string exceeds maximum allowed size (proto-max-bulk-len)'
      expect(await exchange(`${lines.join('\r\n')}\r\n${ping}`, 'PONG\r\n')).toBe(
        [
          ...[tooLong, tooLong, ':0', ':1', `:${MOST}`, `:${MOST}`, ':0', ':1', '+OK', '$1', '\xfe'],
          '-ERR value is not an integer or out of range',
          '-ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len',
          '-WRONGTYPE Key is not a valid HyperLogLog string value.',
          ...['+PONG', ''],
        ].join('\r\n'),
      )
      const socket = connectTcp(server.port, '127.0.0.1')
      const block = Buffer.alloc(1 << 20, 'z')
      socket.write(`*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$${MOST}\r\n`)
      for (let i = 0; i < 512; i++) if (!socket.write(block)) await once(socket, 'drain')
      socket.write(`\r\nSTRLEN k\r\nGETRANGE k -2 -1\r\nDEL k b c e\r\n`)
      expect(await read(socket, ':4\r\n')).toBe(`+OK\r\n:${MOST}\r\n$2\r\nzz\r\n:4\r\n`)
      socket.destroy()
    },
    120_000,
  )
})
