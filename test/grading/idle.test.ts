import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Conversation } from '../../src/grading/conversation.js'
import { openLab } from '../../src/grading/lab.js'
import { gradeLimits } from '../../src/grading/process.js'
import { Sandbox } from '../../src/grading/sandbox.js'
import { temporaryFolder } from '../cli/lab.js'

const LIMIT_MS = 500

/** What a solution's function answers that asks a service of the grader, within half a second. */
async function answerOf(source: string, service: () => Promise<unknown>) {
  const lab = temporaryFolder()
  writeFileSync(join(lab, 'keys-moved.mjs'), source)
  const entry = { file: 'keys-moved.mjs' }
  writeFileSync(join(lab, 'cachelab.json'), JSON.stringify({ exercises: { 'keys-moved': entry } }))
  const sandbox = new Sandbox(openLab(lab), 'none')
  const conversation = new Conversation(sandbox, entry, { ...gradeLimits, time: LIMIT_MS })
  try {
    return await conversation.call('f', [[1]], { service })
  } finally {
    await conversation.close()
    sandbox.remove()
  }
}

const asking = (pause: number) => `export async function f(_, { service }) {
  for (let i = 0; i < 40; i++) {
    await service()
    if (${pause}) await new Promise((resolve) => setTimeout(resolve, ${pause}))
  }
  return 'done'
}`

test('a solution isn’t idle while the grader, which has no processor, is slow to answer it', async () => {
  const slow = async () => {
    const until = performance.now() + 2 * (LIMIT_MS / 20)
    while (performance.now() < until);
  }
  expect(await answerOf(asking(0), slow)).toEqual([{ value: 'done' }])
})

test('asking now and then doesn’t excuse one that waits', async () => {
  await expect(answerOf(asking(100), async () => null)).rejects.toThrow(/in which your program did nothing/)
})
