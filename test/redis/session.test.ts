import { expect, test } from 'vitest'
import { plain } from '../../src/redis/present.js'
import { toBytes } from '../../src/redis/reply.js'
import { parseLine, RedisSession } from '../../src/redis/script.js'

/** What the lines of a script are answered, in order: the client, the line or a message, and the reply. */
function played(...lines: string[]): unknown[] {
  const session = new RedisSession()
  for (const [i, line] of lines.entries()) session.run(parseLine(toBytes(line), i + 1)!)
  session.finish()
  return session.outcomes.map(({ client, line, replies, silence }) => [
    client,
    line?.text,
    silence ?? replies.map(plain),
  ])
}

test('a client that another one ends is told, and its next line comes by a new connection', () => {
  expect(
    played(
      'client:2> CLIENT SETNAME two',
      'CLIENT KILL 127.0.0.1:50002',
      'client:2> CLIENT GETNAME',
      'client:3> BLPOP l 0',
      'CLIENT KILL ADDR 127.0.0.1:50003',
      'CLIENT KILL ADDR 127.0.0.1:50001 SKIPME no',
      'CLIENT ID',
    ),
  ).toEqual([
    [2, 'CLIENT SETNAME two', [{ status: 'OK' }]],
    [1, 'CLIENT KILL 127.0.0.1:50002', [{ status: 'OK' }]],
    [2, undefined, 'closed'],
    [2, 'CLIENT GETNAME', [null]],
    [3, 'BLPOP l 0', []],
    [1, 'CLIENT KILL ADDR 127.0.0.1:50003', [1]],
    [3, undefined, 'closed'],
    [1, 'CLIENT KILL ADDR 127.0.0.1:50001 SKIPME no', [1]],
    [1, 'CLIENT ID', [5]],
  ])
})

test('time passes before the next line of a client that waits for the end of a pause', () => {
  expect(
    played('CLIENT PAUSE 1000 WRITE', 'client:2> SET k v', 'GET k', 'client:2> GET k', 'SET k w'),
  ).toEqual([
    [1, 'CLIENT PAUSE 1000 WRITE', [{ status: 'OK' }]],
    [2, 'SET k v', [{ status: 'OK' }]],
    [1, 'GET k', [null]],
    [2, 'GET k', ['v']],
    [1, 'SET k w', [{ status: 'OK' }]],
  ])
})

test('a message to a client that is blocked is no reply to its command', () => {
  expect(
    played(
      'client:2> HELLO 3',
      'client:2> SUBSCRIBE c',
      'client:2> BLPOP l 0',
      'PUBLISH c hi',
      'RPUSH l a',
    ).slice(2),
  ).toEqual([
    [2, 'BLPOP l 0', [['l', 'a']]],
    [1, 'PUBLISH c hi', [1]],
    [2, undefined, [['message', 'c', 'hi']]],
    [1, 'RPUSH l a', [1]],
  ])
})

test('no reply is shown as such', () => {
  expect(played('CLIENT REPLY SKIP', 'PING', 'PING')).toEqual([
    [1, 'CLIENT REPLY SKIP', 'silenced'],
    [1, 'PING', 'silenced'],
    [1, 'PING', [{ status: 'PONG' }]],
  ])
})
