import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Listening, listen } from '../../../src/redis/serve/listen.js'
import { Server } from '../../../src/redis/server.js'
import { commands } from '../../../src/redis/table.js'
import { SystemTime } from '../../../src/redis/time-source.js'
import { isThorough } from '../../layer.js'
import { freePort } from '../ports.js'
import { Pair } from './difference.js'
import { leftOut } from './left-out.js'
import { Target } from './run.js'

// Random commands with odd arguments beside the real server. RANDOM_COMMANDS says how many, and RANDOM_SEED which:
// RANDOM_COMMANDS=200000 RANDOM_SEED=7 npm run test:all -- test/redis/random
const COMMANDS = Number(process.env.RANDOM_COMMANDS ?? 20_000)
const SEED = process.env.RANDOM_SEED ?? '1'
/** Commands between two empty servers. */
const PROGRAM_LENGTH = 500
const MAX_SHOWN = 5

const isInstalled = spawnSync('redis-server', ['--version']).status === 0

test('what is left out is in the table of commands', () => {
  expect([...leftOut].filter((name) => !commands.has(name))).toEqual([])
})

describe.skipIf(!isThorough || !isInstalled)('beside the real server', () => {
  let real: ChildProcess
  let listening: Listening
  let targets: Target[] = []

  beforeAll(async () => {
    const port = await freePort()
    real = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'], {
      env: { ...process.env, LC_ALL: 'C' },
    })
    for await (const text of real.stdout!) if (String(text).includes('Ready to accept')) break
    real.stdout!.resume()
    listening = await listen(new Server({ clock: new SystemTime() }), 0, '127.0.0.1')
    targets = [await Target.open(port), await Target.open(listening.port)]
  })

  afterAll(async () => {
    for (const target of targets) target.close()
    await listening.stop()
    real.kill('SIGKILL')
    await once(real, 'exit')
  })

  test(`${COMMANDS} random commands, seed ${SEED}`, async () => {
    const pair = new Pair(targets[0], targets[1])
    const differences: string[] = []
    for (let i = 0; i < COMMANDS / PROGRAM_LENGTH && differences.length < MAX_SHOWN; i++) {
      const difference = await pair.check(`${SEED}.${i}`, PROGRAM_LENGTH)
      if (difference !== undefined) differences.push(difference)
    }
    expect(differences.join('\n\n')).toBe('')
  })
})
