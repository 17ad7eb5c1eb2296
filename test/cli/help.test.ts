import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { routes } from '../../src/cli/routes.js'
import { solvedLab, temporaryFolder } from './lab.js'
import { cachelab, root, shell } from './run.js'

/** What only works where there is a lab. */
const labCommands = ['exercises', 'check', 'hint', 'solution', 'reset', 'grade']

const visible = routes.filter((route) => !route.hidden)

describe.each(visible.map((route) => route.path.join(' ')))('%s --help', (name) => {
  test('has a summary and three examples that run', async () => {
    const { stdout, code } = await cachelab([...name.split(' '), '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain(`Usage: cachelab ${name}`)
    const examples = [...stdout.matchAll(/^ {2}\$ (.+)$/gm)].map((match) => match[1])
    expect(examples).toHaveLength(3)
    // Watching and serving don't end; comparing needs a server, and a lab those that it starts.
    if (['watch', 'redis serve', 'redis compare'].includes(name) || name.startsWith('lab')) return
    const lab = labCommands.includes(name) ? solvedLab() : undefined
    if (lab) solvedLab(join(lab, 'my-lab'))
    for (const example of examples) {
      const result = await shell(example, { cwd: name === 'init' ? temporaryFolder() : (lab ?? root) })
      expect(result).toMatchObject({ code: 0, stderr: '' })
      // Replies alone are short.
      expect(result.stdout.length).toBeGreaterThan(name.startsWith('redis') ? 5 : 80)
    }
  })
})
