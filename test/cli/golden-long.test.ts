import { test } from 'vitest'
import { isThorough } from '../layer.js'
import { expectGolden, long } from './golden-output.js'

test.runIf(isThorough).each(Object.entries(long))('the golden output of %s', (name, line) =>
  expectGolden(name, line),
)
