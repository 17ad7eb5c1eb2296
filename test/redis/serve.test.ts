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

const ping = '*1\r\n$4\r\nPING\r\n'

describe('RESP', () => {
  test('replies of every kind, in RESP2', async () => {
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

  test('and in RESP3', async () => {
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

  test('binary values, and a command in pieces', async () => {
    const socket = connectTcp(listening.port, '127.0.0.1').setNoDelay(true)
    const bytes = '*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\n\0\r\n\xff\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n'
    for (const byte of bytes) socket.write(byte, 'latin1')
    expect(await read(socket, '\xff\r\n')).toBe('+OK\r\n$4\r\n\0\r\n\xff\r\n')
  })

  test.each([
    ['*abc\r\n', 'invalid multibulk length'],
    ['*2000000\r\n', 'invalid multibulk length'],
    ['*1\r\n:5\r\n', "expected '$', got ':'"],
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
          got.push(...decoder.push(Buffer.from(bytes.slice(at, at + cut), 'latin1')))
          at = Math.min(bytes.length, at + cut)
        }
        expect(got).toEqual(asked)
      }),
    )
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 10 }), (chunks) => {
        const decoder = new Decoder()
        for (const chunk of chunks) decoder.push(Buffer.from(chunk))
        expect(decoder.fault ?? '').toMatch(/^(Protocol error: .*)?$/)
      }),
    )
  })
})

test('half a command, and then silence, keeps nobody else waiting', async () => {
  const silent = connectTcp(listening.port, '127.0.0.1')
  silent.write('*2\r\n$3\r\nGET\r\n$500000000\r\nabc')
  expect(await talk(ping, '\r\n')).toBe('+PONG\r\n')
  silent.destroy()
})

test('a thousand idle connections cost little, and are gone when they close', async () => {
  const before = store.clients.size
  const sockets = Array.from({ length: 1000 }, () => connectTcp(listening.port, '127.0.0.1'))
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  expect(await talk(ping, '\r\n')).toBe('+PONG\r\n')
  for (const socket of sockets) socket.destroy()
  await expect.poll(() => store.clients.size).toBeLessThanOrEqual(before)
})

describe('the clients that people use', () => {
  test('redis', async () => {
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

  test('ioredis, with a worker that waits', async () => {
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

test('a port that is taken', async () => {
  await expect(listen(new Server(), listening.port, '127.0.0.1')).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
})
