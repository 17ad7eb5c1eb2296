import { describe, expect, test } from 'vitest'
import { toBytes, WAITS } from '../../src/redis/reply.js'
import { encode } from '../../src/redis/serve/encode.js'
import { Server } from '../../src/redis/server.js'
import { splitWords } from '../../src/redis/split.js'
import conversations from '../fixtures/redis-7.0.15-conversations.json' with { type: 'json' }

/** Times, addresses and the numbers of connections differ. */
const comparable = (bytes: string) =>
  bytes
    .replace(
      /\+\d+\.\d{6} \[(\d+) (lua|[\d.]+:\d+)\]/g,
      (_, db, from) => `+time [${db} ${from === 'lua' ? from : 'address'}]`,
    )
    .replace(/at:0x[0-9a-f]+|lru:\d+|lru_seconds_idle:\d/g, '')
    .replace(/(\$2\r\nid\r\n:)\d+/g, '$1id')
    .replace(/(tracking-redir-broken\r\n:)\d+/g, '$1id')

/** Three clients of one server, and what each has got. */
class Clients {
  private readonly received = ['', '', '']
  private readonly server = new Server()
  /** Lines of clients that were waiting. */
  private behind: { readonly i: number; readonly text: string }[] = []
  private readonly clients = [0, 1, 2].map((i) => {
    const client = this.server.connect(
      (reply) => {
        this.received[i] += encode(reply, client.protocol)
      },
      {
        address: '127.0.0.1:1',
        localAddress: '127.0.0.1:2',
        descriptor: -1,
        buffers: { input: 0, output: 0 },
        close: () => {
          this.received[i] += '(closed)'
        },
      },
    )
    return client
  })

  say(line: string): Record<string, string> {
    const [, who, text] = /^(?:(\d)>|wait) (.*)$/.exec(line)!
    if (who === undefined) this.server.clock.advance(Number(text))
    this.server.tick()
    if (who !== undefined) this.behind.push({ i: Number(who) - 1, text })
    const { behind } = this
    this.behind = []
    for (const one of behind) {
      if (this.clients[one.i].waiting) this.behind.push(one)
      else this.run(one.i, one.text)
    }
    this.server.settle()
    return this.take()
  }

  private run(i: number, text: string): void {
    const client = this.clients[i]
    const words = splitWords(toBytes(text.replace(/\{(\d)\}/g, (_, n) => String(this.clients[n - 1].id))))!
    const answer = this.server.perform(client, words)
    if (answer !== WAITS) this.received[i] += encode(answer, client.protocol)
    if (!client.isClosing) return
    this.server.disconnect(client)
    this.received[i] += '(closed)'
  }

  private take(): Record<string, string> {
    const heard = Object.fromEntries(
      this.received.map((bytes, i) => [String(i + 1), comparable(bytes)]).filter(([, bytes]) => bytes !== ''),
    )
    this.received.fill('')
    return heard
  }
}

describe.each(conversations)('as Redis 7.0.15 was heard to send: $name', ({ steps }) => {
  test('every byte', () => {
    const clients = new Clients()
    for (const { line, heard } of steps as { line: string; heard: Record<string, string> }[]) {
      const expected = Object.entries(heard).map(([who, bytes]) => [who, comparable(bytes)])
      expect([line, clients.say(line)]).toEqual([line, Object.fromEntries(expected)])
    }
  })
})
