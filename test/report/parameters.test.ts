import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parameterTexts } from '../../src/report/parameters.js'

describe('parameters are shown in words with units', () => {
  test('numbers in the unit of their parameter, nothing for null', () => {
    const texts = parameterTexts({
      keys: 10_000,
      hop: 0.5,
      timeout: 50,
      detect: 1000,
      lag: '10ms',
      readRatio: 0.5,
      rate: 2000,
      warmup: 10_000,
      fullCoverage: true,
      seed: 1234567,
      ttl: null,
    })
    expect(texts).toEqual([
      'keys 10,000',
      'hop 0.5 ms',
      'timeout 50 ms',
      'failure detected after 1 s',
      'replication lag 10 ms',
      'reads 50%',
      'rate 2,000/s',
      'warm-up 10,000 requests',
      'full coverage required: yes',
      'seed 1234567',
    ])
  })

  const golden = new URL('../cli/golden/', import.meta.url)
  test.each(readdirSync(golden))('%s shows no key of the code', (name) => {
    const [head] = readFileSync(new URL(name, golden), 'utf8').split('\n\n')
    const parameters = head.split('\n').slice(1).join(' ')
    if (parameters.includes(' · ')) expect(parameters).not.toMatch(/\b[a-z]+[A-Z]\w*/)
  })
})
