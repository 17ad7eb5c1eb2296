import { expect, test } from 'vitest'
import { cachelab } from './in-process.js'

const base = ['redis', 'durability', '--duration', '70s', '--rate', '400', '--format', 'json']

async function reported(...args: string[]) {
  const { stdout, stderr } = await cachelab([...base, ...args])
  expect(stderr).toBe('')
  const { parameters, tables, findings } = JSON.parse(stdout)
  return { parameters, rows: tables[0].rows, findings }
}

test('each option changes the parameter that it names, and what is measured', async () => {
  const before = await reported()
  const cases: readonly (readonly [args: string, parameter: string, value: string | number])[] = [
    ['--rate 300', 'rate', 300],
    ['--keys 50000', 'keys', 50_000],
    ['--value-size 2000', 'valueSize', 2000],
    ['--exponent 0', 'exponent', 0],
    ['--save 10 5', 'save', '10 5'],
    ['--disk hdd', 'disk', '150 MB/s, fsync 12 ms'],
    ['--bandwidth 50MB', 'disk', '50.0 MB/s, fsync 1.0 ms'],
    ['--fsync 5ms', 'disk', '500 MB/s, fsync 5.0 ms'],
    ['--fork 100ms', 'fork', 100],
    ['--page 2MB', 'page', 2 ** 21],
    ['--service 0.1ms', 'service', 0.1],
    ['--duration 75s', 'duration', 75_000],
    ['--crashes 50', 'crashes', 50],
    ['--seed 2', 'seed', 2],
  ]
  for (const [args, parameter, value] of cases) {
    const [flag, ...words] = args.split(' ')
    const after = await reported(flag, words.join(' '))
    expect([args, after.parameters]).toEqual([args, { ...before.parameters, [parameter]: value }])
    expect([args, after.rows]).not.toEqual([args, before.rows])
  }
})

test('the lesson’s finding says whose save points they are', async () => {
  const text = async (...args: string[]) =>
    (await reported(...args)).findings.find(({ id }: { id: string }) => id === 'lesson').text
  expect(await text()).toContain('Redis without a configuration saves')
  expect(await text('--save', '10 5')).toContain('Redis with these save points and appendonly no saves')
})
