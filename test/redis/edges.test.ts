import { describe, expect, test } from 'vitest'
import groups from '../fixtures/redis-7.0.15-edges.json' with { type: 'json' }
import { connect } from './client.js'

/** Recorded as redis-7.0.15-replies.json is: each group of commands in order on an empty server. */
describe.each(groups)('as Redis 7.0.15 was seen to answer: $name', ({ steps }) => {
  test('all replies', () => {
    const { say } = connect()
    for (const { command, reply } of steps) expect.soft([command, say(command)]).toEqual([command, reply])
  })
})
