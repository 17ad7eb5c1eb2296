import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { routes } from '../../src/cli/routes.js'

test('every file of commands/ has exactly one route, and every route its file', () => {
  const files = readdirSync(new URL('../../src/cli/commands', import.meta.url))
  expect(routes.map(({ path }) => `${path.join('-')}.ts`).sort()).toEqual(files.sort())
})
