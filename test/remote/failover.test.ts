import { expect, test } from 'vitest'
import { remoteFailover } from '../../src/remote/experiment/failover.js'

const judged = async (runs: number, real: (mean: number) => number) => {
  const options = { kind: 'sentinel', timeout: 1000, runs } as const
  const mean = Number((await remoteFailover(options, async () => 1)).findings[0].expected)
  return (await remoteFailover(options, async () => real(mean))).findings[0]
}

test('a real failover is judged by the range of the simulated ones', async () => {
  const near = await judged(4, (mean) => mean + 1)
  expect(near.ok).toBe(true)
  expect(near.text).toMatch(/Simulation and reality agree: expected .* \(95% of simulated failovers: /)
  const far = await judged(4, (mean) => mean * 5)
  expect(far.ok).toBe(false)
  expect(far.text).toMatch(/5\.00× .* Simulation and reality differ: expected .* from which it differs by/)
})

test('one simulated failover is too few', async () => {
  const finding = await judged(1, (mean) => mean)
  expect(finding).not.toHaveProperty('ok')
  expect(finding.text).toContain('One simulated failover is too few to judge that.')
})
