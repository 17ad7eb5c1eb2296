import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { routes } from '../../src/cli/routes.js'

test('every file of commands/ has exactly one route', () => {
  const files = routes.map(({ path }) => `${path.join('-')}.ts`)
  expect(files.sort()).toEqual(readdirSync('src/cli/commands').sort())
})
