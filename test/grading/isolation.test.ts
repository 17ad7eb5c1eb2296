import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { bestIsolation, type Isolation } from '../../src/grading/isolation/index.js'
import { type Protection, threats } from '../../src/grading/isolation/threats.js'
import { byLayer } from '../layer.js'
import { type Attack, attack } from './attack/attack.js'

const users: Attack['user'][] = process.getuid?.() === 0 ? ['root', 'ordinary'] : ['ordinary']

const isolations: readonly Isolation[] = ['bubblewrap', 'namespaces', 'none']

/** Later versions of Node have a permission for it, which solutions don't get. */
const hasNetworkPermission = process.allowedNodeEnvironmentFlags.has('--allow-net')

/** What isn't held off, as the table has it; limits have tests of their own. */
const notHeldOff = (protection: Protection) =>
  threats
    .filter(({ heldOffBy }) => !heldOffBy.includes(protection))
    .filter(({ id }) => !(protection === 'node' && id === 'network' && hasNetworkPermission))
    .map(({ id }) => id)

async function expectTable(attacked: Attack, protection: Protection, least: number): Promise<void> {
  const { harmed, tried } = await attack(attacked)
  expect(tried).toBeGreaterThanOrEqual(least)
  // With what it could do, for whoever reads why this fails.
  const expected = notHeldOff(protection)
  expect([Object.keys(harmed).sort(), harmed]).toEqual([expected.sort(), harmed])
}

/** Whether this machine can make user namespaces at all, and has the program. */
const has = (isolation: Isolation) =>
  isolation === 'none' ||
  (bestIsolation() !== 'none' &&
    (isolation === 'namespaces' || spawnSync('bwrap', ['--version']).status === 0))

describe.runIf(process.platform === 'linux')('what a hostile solution can do', () => {
  describe.each(byLayer(users.slice(0, 1), users))('to %s', (user) => {
    test.each(isolations.filter(has))('under %s', (isolation) =>
      expectTable({ user, isolation, language: 'py' }, isolation, 70),
    )

    test('under Node’s permissions', () =>
      expectTable({ user, isolation: 'none', language: 'mjs' }, 'node', 38))

    test.runIf(has('bubblewrap')).each(byLayer(['/var/tmp'], ['/tmp', '/var/tmp']))(
      'with temporary folders in %s',
      (temporary) =>
        expectTable({ user, isolation: 'bubblewrap', language: 'py', temporary }, 'bubblewrap', 70),
    )
  })
})
