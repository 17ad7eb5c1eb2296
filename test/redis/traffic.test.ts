import { expect, test } from 'vitest'
import { Traffic } from '../../src/redis/serve/traffic.js'
import { Server } from '../../src/redis/server.js'

const connection = (catchUp: () => void) => ({
  ...{ unread: 0, stalledSince: 0, catchUp },
  ...{ checkLimits: () => {}, checkIdle: () => {}, cut: () => {} },
})

const spin = (ms: number) => {
  const end = performance.now() + ms
  while (performance.now() < end) {}
}

test('clients that wait for a turn don’t have all of them before the next packet is read', async () => {
  const traffic = new Traffic(new Server(), () => {})
  let round = 0
  let isOver = false
  const count = () => {
    round++
    if (!isOver) setImmediate(count)
  }
  setImmediate(count)
  const rounds = await new Promise<number[]>((resolve) => {
    const found: number[] = []
    for (let i = 0; i < 4; i++) {
      traffic.waitForTurn(
        connection(() => {
          found.push(round)
          spin(15)
          if (found.length === 4) resolve(found)
        }),
      )
    }
  })
  isOver = true
  expect(new Set(rounds).size).toBe(4)
})

test('a client that waits for its next turn while it has one gets it', async () => {
  const traffic = new Traffic(new Server(), () => {})
  const turns = await new Promise<number>((resolve) => {
    let count = 0
    const asking = connection(() => {
      count++
      if (count === 100) resolve(count)
      else traffic.waitForTurn(asking)
    })
    traffic.waitForTurn(asking)
  })
  expect(turns).toBe(100)
})

test('many busy clients do less at a time', () => {
  const traffic = new Traffic(new Server(), () => {})
  const limits = () => [traffic.turnMs, traffic.step, traffic.maxUnread]
  const alone = limits()
  for (let i = 0; i < 65; i++) traffic.busy.add(connection(() => {}))
  const inACrowd = limits()
  for (const [i, limit] of inACrowd.entries()) expect(limit).toBeLessThan(alone[i])
  traffic.busy.clear()
  expect(limits()).toEqual(alone)
})
