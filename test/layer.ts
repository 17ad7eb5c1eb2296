import { test } from 'vitest'

/**
 * The tests have two layers. The quick one (`npm test`) touches every command, exercise, format and kind of failure;
 * the thorough one (`npm run test:all`) is the same with more seeds, hostile cases, longer histories and real servers:
 * the larger of two sizes wherever a test asks for one here.
 */
export const isThorough = process.env.TEST_LAYER === 'thorough'

/** A size, a list, a number of seeds: the first in the quick layer, the second in the thorough one. */
export function byLayer<T>(quick: T, thorough: T): T {
  return isThorough ? thorough : quick
}

/** Whether this is the thorough layer and the quick one has just passed, as in `.ci/run`, which says so in the environment. */
export const hasQuickPassed = isThorough && Boolean(process.env.TEST_QUICK_PASSED)

/**
 * A test that is the same in both layers. The thorough one leaves it out where the quick one has just passed.
 */
export const testOnce = hasQuickPassed ? test.skip : test
