import { spawn, spawnSync } from 'node:child_process'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { joinWords } from '../../src/redis/split.js'
import { compare } from '../../src/redis-guide/compare/compare.js'
import { RandomCommands } from '../../src/redis-guide/compare/random-commands.js'
import { type Address, parseRedisAddress } from '../../src/remote/address.js'
import { RedisPeer } from '../../src/remote/redis-peer.js'
import { isThorough } from '../layer.js'
import { freePort } from '../redis/ports.js'

const isInstalled = spawnSync('redis-server', ['--version']).status === 0
if (!isInstalled) console.warn('redis-server is not installed: comparing with a real server is skipped')

const SEEDS = [1, 2, 3]
const COMMANDS = 3000

describe.runIf(isInstalled && isThorough)('a real server', () => {
  let stop = () => {}
  let remote: RedisPeer
  let server: Address
  let url = ''

  beforeAll(async () => {
    const port = await freePort()
    const running = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'])
    stop = () => running.kill()
    for await (const text of running.stdout) if (String(text).includes('Ready to accept')) break
    running.stdout.resume()
    url = `redis://127.0.0.1:${port}`
    server = parseRedisAddress('--url', url)
    remote = await RedisPeer.connect(server, {}, { database: 2, flush: false })
  })

  afterAll(() => {
    remote?.close()
    stop()
  })

  test.each(SEEDS)(`answers ${COMMANDS} random commands alike, seed %i`, async (seed) => {
    const random = new RandomCommands(seed, '2')
    const commands = Array.from({ length: COMMANDS }, () => random.next())
    const found = await compare(remote, commands)
    expect(found && { ...found, commands: found.commands.map(joinWords) }).toBeUndefined()
  })

  test('a database that holds something, and a server that asks for a password', async () => {
    const client = createClient({ url })
    await client.connect()
    const connect = (database: number, flush = false) => RedisPeer.connect(server, {}, { database, flush })
    await client.set('k', 'v')
    await expect(connect(0)).rejects.toThrow('database 0 of the server holds 1 key; choose an empty one')
    const flushed = await connect(0, true)
    await flushed.answer([])
    expect(await client.dbSize()).toBe(0)
    flushed.close()
    await client.configSet('requirepass', 'secret')
    await expect(connect(0)).rejects.toThrow('asks for a password: set CACHELAB_PASSWORD')
    const known = await RedisPeer.connect(
      server,
      { CACHELAB_PASSWORD: 'secret' },
      { database: 0, flush: false },
    )
    known.close()
    await client.configSet('requirepass', '')
    client.destroy()
  })

  test('a difference is shown by the shortest script', async () => {
    const random = new RandomCommands(9, '2')
    const commands = [
      ...Array.from({ length: 200 }, () => random.next()),
      ['SET', 'odd', '1'],
      ['APPEND', 'odd', '2'],
    ]
    // A server that can't append.
    const wrong = {
      database: 2,
      answer: async (asked: readonly (readonly string[])[]) => {
        const replies = [...(await remote.answer(asked))]
        const at = asked.findIndex(([name], i) => name === 'APPEND' && replies[i] === 2)
        return at < 0 ? replies : replies.with(at, 1)
      },
    }
    const found = await compare(wrong, commands)
    expect(found?.commands.length).toBeLessThanOrEqual(2)
    expect(found).toMatchObject({ ours: 2, theirs: 1 })
  })
})

test('random commands are drawn from a seed, and cover all families', () => {
  const draw = (seed: number) => {
    const random = new RandomCommands(seed)
    return Array.from({ length: 3000 }, () => random.next())
  }
  expect(draw(4)).toEqual(draw(4))
  expect(draw(4)).not.toEqual(draw(5))
  const names = new Set(draw(4).map(([name]) => name))
  for (const name of [
    'SET',
    'BITOP',
    'HSET',
    'LMOVE',
    'SINTER',
    'ZUNION',
    'PFMERGE',
    'COPY',
    'EXEC',
    'BLPOP',
  ])
    expect(names).toContain(name)
})
