import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from 'redis'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PersistentServer } from '../../../src/experiment/durability/server.js'
import {
  type ChoiceName,
  choices,
  durabilityDefaults,
  sizesOf,
} from '../../../src/experiment/durability/setup.js'
import { isThorough } from '../../layer.js'
import { freePort } from '../../redis/ports.js'

/** A real server is started with each choice, written to and killed with SIGKILL; then its keys are counted. */

const isInstalled = spawnSync('redis-server', ['--version']).status === 0
if (!isInstalled) console.warn('redis-server is not installed: killing a real server is skipped')

const WRITES = 500
const VALUE_SIZE = 100
const keyOf = (number: number) => `key:${String(number).padStart(12, '0')}`
const value = () => randomBytes(VALUE_SIZE / 2).toString('hex')

describe.runIf(isInstalled && isThorough)('a real server that is killed', () => {
  let folder: string
  let port: number
  let server: ChildProcess | undefined

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cachelab-durability-'))
    port = await freePort()
  })

  afterEach(async () => {
    await kill()
    // A child that a killed server leaves behind may still write.
    rmSync(folder, { recursive: true, maxRetries: 20 })
  })

  async function start(name: ChoiceName, ...settings: string[]): Promise<void> {
    const { isSaved, appendfsync } = choices[name]
    const running = spawn('redis-server', [
      ...['--port', String(port), '--dir', folder, '--rdbcompression', 'no'],
      ...['--save', isSaved ? '3600 1' : '', '--appendonly', appendfsync ? 'yes' : 'no'],
      ...['--appendfsync', appendfsync ?? 'everysec', ...settings],
    ])
    server = running
    for await (const text of running.stdout) if (String(text).includes('Ready to accept')) break
    running.stdout.resume()
  }

  /** SIGKILL: the process can do nothing any more. */
  async function kill(): Promise<void> {
    const running = server
    server = undefined
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGKILL')
    await ended
  }

  const connection = () => createClient({ url: `redis://127.0.0.1:${port}` })

  async function withClient<T>(run: (client: ReturnType<typeof connection>) => Promise<T>): Promise<T> {
    const client = connection()
    client.on('error', () => {})
    await client.connect()
    try {
      return await run(client)
    } finally {
      client.destroy()
    }
  }

  const info = (name: string) =>
    withClient(
      async (client) => new RegExp(`^${name}:(.*)\r$`, 'm').exec(await client.info('persistence'))?.[1],
    )

  /** Waits as long as it takes for a state that will come. */
  async function until(name: string, expected: string): Promise<void> {
    while ((await info(name)) !== expected) await pause(20)
  }

  /** Acknowledged writes of new keys, one after the other. */
  async function write(from: number, count: number): Promise<void> {
    await withClient(async (client) => {
      for (let i = from; i < from + count; i++) await client.set(keyOf(i), value())
    })
  }

  async function restarted(name: ChoiceName): Promise<number> {
    await kill()
    await start(name)
    return withClient((client) => client.dbSize())
  }

  /** What the model says that a kill loses of writes that are a millisecond apart, none of them a save point's. */
  function lostInModel(name: ChoiceName): number {
    const arrivals = Float64Array.from({ length: WRITES }, (_, i) => 1 + i)
    const setup = { ...durabilityDefaults, savePoints: [{ seconds: 3600, changes: 1 }] }
    const model = new PersistentServer(setup, name, { arrivals, keys: new Uint32Array(WRITES) })
    model.run(WRITES + 100)
    return model.inKernel.filter((time) => time === Infinity).length
  }

  test.each([
    ['none', 0],
    ['RDB', 0],
    ['AOF no', WRITES],
    ['AOF everysec', WRITES],
    ['AOF always', WRITES],
    ['RDB + AOF', WRITES],
  ] as const)('%s: of 500 acknowledged writes %d are left, as in the model', async (name, left) => {
    await start(name)
    await write(0, WRITES)
    // What everysec holds back while an fsync runs is what it would lose.
    if (choices[name].appendfsync) await until('aof_buffer_length', '0')
    expect(await restarted(name)).toBe(left)
    expect(WRITES - lostInModel(name)).toBe(left)
  })

  test('RDB: what was written before the last complete save is left, and nothing of what came after it', async () => {
    await start('RDB', '--save', '1 100')
    await write(0, 100)
    await until('rdb_changes_since_last_save', '0')
    await until('rdb_bgsave_in_progress', '0')
    // One change too few for another save, however long it takes.
    await write(100, 99)
    expect(await restarted('RDB')).toBe(100)
  })

  test('with both files the append-only file is what is loaded', async () => {
    await start('RDB + AOF')
    await write(0, 50)
    await withClient((client) => client.bgSave())
    await until('rdb_bgsave_in_progress', '0')
    await write(50, 50)
    await until('aof_buffer_length', '0')
    expect(await restarted('RDB + AOF')).toBe(100)
  })

  test('always: nothing that was answered in the midst of a stream is lost', async () => {
    await start('AOF always')
    const socket = createConnection(port, '127.0.0.1')
    socket.on('error', () => {})
    let answers = 0
    const enough = new Promise<void>((resolve) => {
      socket.on('data', (data) => {
        answers += String(data).split('+OK\r\n').length - 1
        if (answers >= 300) resolve()
      })
    })
    for (let i = 0; i < 100_000; i++) {
      const words = ['SET', keyOf(i), value()]
      socket.write(`*3\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`)
    }
    await enough
    const left = await restarted('AOF always')
    socket.destroy()
    expect(left).toBeGreaterThanOrEqual(answers)
  })

  test('the files are as large as the model says, also after a rewrite', async () => {
    await start('AOF everysec')
    await write(0, WRITES)
    await until('aof_buffer_length', '0')
    const files = join(folder, 'appendonlydir')
    const { logged, rdb } = sizesOf({ keys: WRITES, valueSize: VALUE_SIZE })
    // SELECT 0 comes first.
    expect(statSync(join(files, 'appendonly.aof.1.incr.aof')).size).toBe(WRITES * logged + 23)
    await withClient((client) => client.sendCommand(['BGREWRITEAOF']))
    await until('aof_rewrite_scheduled', '0')
    await until('aof_rewrite_in_progress', '0')
    expect(statSync(join(files, 'appendonly.aof.2.base.rdb')).size).toBe(rdb)
    expect(await restarted('AOF everysec')).toBe(WRITES)
  })

  test('the first rewrite comes above 64 MB, with the write with which it comes in the model', async () => {
    const megabyte = 'v'.repeat(1_000_000)
    const model = new PersistentServer(
      { ...durabilityDefaults, keys: 1, valueSize: megabyte.length },
      'AOF no',
      {
        arrivals: Float64Array.from({ length: 100 }, (_, i) => 1000 * (i + 1)),
        keys: new Uint32Array(100),
      },
    )
    model.run(100_000)
    const [first] = model.rewrites
    await start('AOF no')
    // As in the model, one key is in the base.
    await withClient(async (client) => {
      await client.set('k', megabyte)
      await client.sendCommand(['BGREWRITEAOF'])
      await until('aof_rewrite_in_progress', '0')
      for (let i = 1; i < first.included; i++) await client.set('k', megabyte)
      // Ten looks of serverCron at least.
      const now = async () => Number((await client.time())[0])
      for (const until = (await now()) + 2; (await now()) < until; ) await pause(50)
      expect(await info('aof_rewrites')).toBe('1')
      await client.set('k', megabyte)
    })
    await until('aof_rewrites', '2')
    await until('aof_rewrite_in_progress', '0')
  })
})
