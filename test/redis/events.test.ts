import { describe, expect, test } from 'vitest'
import { type Reply, type Several, type Typed, toBytes, toText } from '../../src/redis/reply.js'
import events from '../fixtures/redis-7.0.15-events.json' with { type: 'json' }
import groups from '../fixtures/redis-7.0.15-replies.json' with { type: 'json' }
import { connect } from './client.js'

const recorded = events as Readonly<Record<string, readonly string[]>>

describe.each(Object.entries(recorded))('keyspace events as of Redis 7.0.15: %s', (name, lines) => {
  test('each command', () => {
    const { server, say } = connect()
    server.settings.assign('notify-keyspace-events', 'AEmn')
    let heard: string[] = []
    const listener = server.connect((reply: Reply | Several) => {
      const [, , channel, key] = (reply as Typed).items as string[]
      heard.push(`${channel.replace(/^__keyevent@\d+__:/, '')} ${toText(key)}`)
    })
    server.execute(listener, ['PSUBSCRIBE', '__keyevent@*'])
    const { steps } = groups.find((group) => group.name === name)!
    const seen = steps.flatMap(({ command }, i) => {
      heard = []
      say(toBytes(command))
      return heard.length === 0 ? [] : [`${i}: ${heard.join(', ')}   ← ${command}`]
    })
    const expected = lines.map((line) => `${line}   ← ${steps[Number.parseInt(line, 10)].command}`)
    expect(seen).toEqual(expected)
  })
})
