import { describe, expect, test } from 'vitest'
import { lines as goldens } from '../../cli/golden-output.js'
import { cachelab } from '../../cli/in-process.js'
import { lines } from './lines.js'
import { faults, WIDTHS } from './screens.js'

/** What isn't made of a report: texts, demos, answers of a store. */
const texts = Object.entries(goldens).filter(
  ([, line]) => !lines.includes(line) && !/^(printf|completion|schema)/.test(line),
)

describe('on a terminal', () => {
  test.each(texts)('%s', async (_, line) => {
    for (const columns of WIDTHS)
      for (const locale of ['C.UTF-8', 'C']) {
        const { stdout } = await cachelab(line.split(' '), {
          columns,
          env: { LC_ALL: locale, NO_COLOR: '1' },
        })
        expect(faults(stdout, columns, locale === 'C')).toEqual([])
      }
  })
})
