import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressAt } from '../../src/remote/address.js'
import { bounded } from '../../src/remote/in-flight.js'
import { KeySet } from '../../src/remote/key-set.js'
import type { RemoteServer } from '../../src/remote/server.js'

/** A server that keeps what it is sent until it is told to answer, and remembers the most that it held at once. */
class Slow {
  readonly held: {
    readonly bytes: number
    readonly commands: number
    readonly end: (works: boolean) => void
  }[] = []
  readonly order: string[] = []
  mostCommands = 0
  mostBytes = 0

  readonly server: RemoteServer = {
    address: addressAt('redis', '127.0.0.1', 1),
    limit: undefined,
    get: (key) => this.take(key, key.length, key),
    set: (key, text) => this.take(key, key.length + text.length, undefined),
    setAll: (keys, text) =>
      this.take(keys[0], keys.join('').length + keys.length * text.length, [], keys.length),
    count: (keys) => this.take(keys[0], keys.join('').length, keys.length),
    delete: (keys) => this.take(keys[0], keys.join('').length, undefined),
    close() {},
  }

  private take<T>(key: string, bytes: number, reply: T, commands = 1): Promise<T> {
    this.order.push(key)
    return new Promise((resolve, reject) => {
      this.held.push({
        bytes,
        commands,
        end: (works) => (works ? resolve(reply) : reject(new Error('lost'))),
      })
      const inFlight = this.held.reduce((total, one) => total + one.commands, 0)
      if (this.held.length > 1) this.mostCommands = Math.max(this.mostCommands, inFlight)
      const sum = this.held.reduce((total, one) => total + one.bytes, 0)
      if (this.held.length > 1) this.mostBytes = Math.max(this.mostBytes, sum)
    })
  }
}

const command = fc.record({
  kind: fc.constantFrom('get', 'set', 'setAll', 'count', 'delete'),
  size: fc.nat(40),
})

test('commands keep their order and get their own answers, and no more are in flight than the bound', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(command, { maxLength: 60 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 100 }),
      fc.infiniteStream(fc.tuple(fc.nat(), fc.boolean())),
      async (commands, limit, bytes, answers) => {
        const slow = new Slow()
        const server = bounded(slow.server, { commands: limit, bytes })
        const names = commands.map(({ size }, i) => `${i}:`.padEnd(size, 'x'))
        const results = commands.map(({ kind }, i): Promise<unknown> => {
          if (kind === 'get') return server.get(names[i])
          if (kind === 'set') return server.set(names[i], 'text')
          if (kind === 'setAll') return server.setAll([names[i], 'other'], 'text')
          return kind === 'count' ? server.count([names[i]]) : server.delete([names[i]])
        })
        const ends = Promise.allSettled(results)
        let works = 0
        for (let ended = 0; ended < commands.length; ended++) {
          await new Promise(setImmediate)
          // Something is always under way: nothing waits for ever.
          expect(slow.held.length).toBeGreaterThan(0)
          const { value } = answers.next()
          const [place, isWorking] = value as [number, boolean]
          slow.held.splice(place % slow.held.length, 1)[0].end(isWorking)
          if (isWorking) works++
        }
        const settled = await ends
        expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(works)
        for (const [i, one] of settled.entries())
          if (one.status === 'fulfilled' && commands[i].kind === 'get') expect(one.value).toBe(names[i])
        expect(slow.order).toEqual(names)
        expect(slow.mostCommands).toBeLessThanOrEqual(limit)
        expect(slow.mostBytes).toBeLessThanOrEqual(bytes)
      },
    ),
  ))

test('a set of keys has what was added, once and in ascending order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000)), (keys) => {
      const set = new KeySet()
      for (const key of keys) set.add(key)
      const expected = [...new Set(keys)].sort((a, b) => a - b)
      expect([...set]).toEqual(expected)
      expect(set.size).toBe(expected.length)
    }),
  )
})
