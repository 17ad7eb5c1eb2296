import { expect, test } from 'vitest'
import { INITIAL_COUNT, MAX_COUNT, raisedCount } from '../../src/eviction/logarithmic-counter.js'
import { connect } from './client.js'

test('RESET returns the connection to RESP2, database 0 and no name', () => {
  const { client, say } = connect()
  say('HELLO 3 SETNAME me')
  say('SELECT 2')
  expect(client.protocol).toBe(3)
  say('RESET')
  expect([client.protocol, client.db.index, client.name]).toEqual([2, 0, ''])
})

test.each([
  ['AUTH', "ERR wrong number of arguments for 'auth' command"],
  ['AUTH a', expect.stringContaining('without any password configured')],
  ['AUTH a b', 'WRONGPASS invalid username-password pair or user is disabled.'],
  ['AUTH a b c', 'ERR syntax error'],
])('%s is refused by its number of arguments', (line, error) => {
  expect(connect().say(line)).toEqual({ error })
})

test('used memory grows by what a key takes and returns to zero growth when the key goes', () => {
  const { server, say } = connect()
  const before = server.keyspace.usedMemory
  say(`SET k ${'x'.repeat(1000)}`)
  const bytes = say('MEMORY USAGE k')
  expect(bytes).toBeGreaterThan(1000)
  expect(server.keyspace.usedMemory - before).toBeGreaterThan(1000)
  say('DEL k')
  expect(server.keyspace.usedMemory).toBe(before)
})

test('a use raises the logarithmic counter by one at most, up to 255', () => {
  const always = { next: () => 0 } as Parameters<typeof raisedCount>[1]
  for (let count = 0; count < MAX_COUNT; count++) expect(raisedCount(count, always)).toBe(count + 1)
  expect(raisedCount(MAX_COUNT, always)).toBe(MAX_COUNT)
  const atOneEleventh = { next: () => 1 / 11 } as Parameters<typeof raisedCount>[1]
  expect([raisedCount(INITIAL_COUNT, atOneEleventh), raisedCount(INITIAL_COUNT + 1, atOneEleventh)]).toEqual([
    6, 6,
  ])
})
