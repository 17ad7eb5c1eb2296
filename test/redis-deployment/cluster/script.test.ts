import { expect, test } from 'vitest'
import { SimulatedTarget } from '../../../src/experiment/cluster/script-target.js'
import { clusterDefaults } from '../../../src/experiment/cluster/setup.js'
import { keySlots } from '../../../src/experiment/cluster/slot.js'
import { plain } from '../../../src/redis/present.js'
import { parseLine } from '../../../src/redis/script.js'
import { NoAnswer } from '../../../src/redis-deployment/cluster/client.js'
import { ClusterScript } from '../../../src/redis-deployment/cluster/script.js'

/** The last reply of a script. */
async function lastReply(...lines: string[]): Promise<unknown> {
  const script = new ClusterScript(new SimulatedTarget(clusterDefaults))
  let last: unknown
  for (const [i, line] of lines.entries()) {
    const { replies } = await script.run(parseLine(line, i + 1)!)
    last = replies.map((reply) => (reply instanceof NoAnswer ? reply.why : plain(reply))).at(-1)
  }
  return last
}

test.each([
  ['!move', 'MOVED'],
  ['!open', 'ASK'],
])('%s goes beside an open transaction, whose EXEC answers %s', async (directive, answer) => {
  expect(
    await lastReply('node-C> MULTI', 'node-C> SET {t}1 x', `${directive} 15891 node-A`, 'node-C> EXEC'),
  ).toEqual({ error: `${answer} 15891 127.0.0.1:7000` })
})

test('the client follows when the slot of its transaction has moved', async () => {
  expect(await lastReply('MULTI', 'SET {t}1 x', '!move 15891 node-A', 'EXEC')).toEqual([{ status: 'OK' }])
})

test('the empty key is in slot 0', () => {
  expect(keySlots([''], 3).tables[0].rows).toMatchObject([{ key: '', slot: 0, node: 'node-A' }])
})
