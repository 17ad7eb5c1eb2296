import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/index.js'
import { byLayer } from '../layer.js'
import { cachelab, shell } from './in-process.js'

async function report(line: string): Promise<Report> {
  return JSON.parse((await shell(`cachelab ${line} --format json`)).stdout)
}

test('the command that a counterexample comes with shows the broken promise', async () => {
  const { findings } = await report(`replicate check --schedules ${byLayer(20, 120)}`)
  const commands = findings.flatMap(({ id, command }) =>
    command === undefined ? [] : [[id, command.replace('cachelab ', '')] as const],
  )
  expect(commands.length).toBeGreaterThanOrEqual(byLayer(1, 3))
  for (const [id, command] of commands) {
    const shown = (await report(command)).findings.map((finding) => finding.id)
    expect(shown).toContain(id.slice(id.indexOf('-') + 1))
  }
})

test('the same seed is the same output, another seed another', async () => {
  const line = 'replicate timeline --keys 500 --duration 2s --kill node-B@500ms'
  const first = (await shell(`cachelab ${line} --seed 4`)).stdout
  expect((await shell(`cachelab ${line} --seed 4`)).stdout).toBe(first)
  expect((await shell(`cachelab ${line} --seed 5`)).stdout).not.toBe(first)
})

test('only what a placement uses is printed, and what it does not use is said', async () => {
  for (const command of ['replicate', 'replicate sweep']) {
    const line = `cachelab ${command} --keys 100 --vnodes 5 --seed 1 --format json`
    const { stdout, stderr } = await shell(`${line} --placement slots`)
    const { placement, vnodes, hash } = JSON.parse(stdout).parameters
    expect([placement, vnodes, hash]).toEqual(['slots', null, 'crc16'])
    expect(stderr).toBe('note: --placement slots does not use --vnodes\n')
    const ring = JSON.parse((await shell(line)).stdout).parameters
    expect([ring.vnodes, ring.hash]).toEqual([5, 'md5'])
  }
})

describe('every command in every format', () => {
  test.each([
    'replicate --keys 200',
    'replicate sweep --nodes 3 --keys 200',
    'replicate timeline --keys 100 --duration 1s --hang node-A@200ms --heal @500ms',
    'replicate trace k',
    'replicate scale --keys 200 --requests 200',
    'replicate check --schedules 3',
  ])('%s', async (line) => {
    for (const format of ['json', 'csv', 'markdown']) {
      const { stdout, stderr, code } = await cachelab([...line.split(' '), '--format', format])
      expect([code, stderr]).toEqual([0, ''])
      if (format === 'json') expect(JSON.parse(stdout)).toMatchObject({ schema: 'cachelab/report@1' })
      else expect(stdout.split('\n').length).toBeGreaterThan(2)
    }
  })
})
