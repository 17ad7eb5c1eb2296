import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import recorded from '../../fixtures/cluster-7.0.15-replies.json' with { type: 'json' }
import { isThorough } from '../../layer.js'
import { realNodes, repliesOf, simulatedNodes } from './nodes.js'

/** Command lines; a line that is added here is recorded by the thorough test with -u. */
const LINES = new URL('../../fixtures/record/cluster-replies.txt', import.meta.url)

describe('six nodes answer as a cluster of Redis 7.0.15 was recorded to answer', async () => {
  const ours = await repliesOf(simulatedNodes(), LINES)
  test.each(Object.entries(recorded))('%s', (group, steps) => {
    expect(ours[group]).toEqual(steps)
  })
})

const isInstalled = spawnSync('redis-server', ['--version']).status === 0

test.runIf(isInstalled && isThorough)('a real cluster answers as it was recorded', async () => {
  const nodes = await realNodes()
  try {
    const replies = await repliesOf(nodes, LINES)
    const text = Object.entries(replies).map(
      ([group, steps]) =>
        `  ${JSON.stringify(group)}: [\n${steps.map((step) => `    ${JSON.stringify(step)}`).join(',\n')}\n  ]`,
    )
    await expect(`{\n${text.join(',\n')}\n}\n`).toMatchFileSnapshot(
      '../../fixtures/cluster-7.0.15-replies.json',
    )
  } finally {
    await nodes.close()
  }
})
