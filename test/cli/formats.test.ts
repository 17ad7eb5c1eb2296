import { Command } from 'commander'
import { expect, test } from 'vitest'
import { createProgram } from '../../src/cli/program.js'
import { children, routes } from '../../src/cli/routes.js'
import type { Report } from '../../src/report/index.js'
import { byLayer } from '../layer.js'
import { lines } from '../report/consistency/lines.js'
import { parseCsv } from '../report/hostile-text.js'
import { inLab } from './golden-output.js'
import { cachelab } from './in-process.js'
import { solvedLab } from './lab.js'
import { root } from './run.js'

/** Command lines of commands that no line of the consistency of reports is for. */
const others: Readonly<Record<string, string>> = {
  'cluster run': 'cluster run test/fixtures/cluster.redis',
  demo: 'demo vnodes',
  'evict formats': 'evict formats',
  'evict policies': 'evict policies',
  exercises: inLab.exercises,
  find: 'find zrangestore',
  grade: 'grade --seed golden --exercise keys-moved',
  'replicate trace': 'replicate trace user:1001',
  quiz: 'quiz --questions 2',
  'redis choose': 'redis choose',
  'redis run': 'redis run test/fixtures/lesson.redis',
  'sentinel show': 'sentinel show',
}
/** What needs a report or parts, what needs servers, and pages only: again, merge, redis, remote and walk-page tests. */
const exceptions = ['again', 'merge', 'redis compare', 'lab failover', 'walk']

/** The commands with a --format, and what it takes. */
const reporting = await Promise.all(
  routes.map(async ({ path, load }) => {
    const command = (await load()).configure(new Command(), { routes, children, createProgram })
    const choices = command.options.find(({ long }) => long === '--format')?.argChoices
    return { name: path.join(' '), choices }
  }),
).then((all) =>
  all.flatMap(({ name, choices }) => (choices && !exceptions.includes(name) ? [{ name, choices }] : [])),
)

/** The command that a line runs. */
const commandOf = (line: string) =>
  reporting
    .filter(({ name }) => `${line} `.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0]?.name

const tried = reporting.map(({ name, choices }) => {
  const line = others[name] ?? lines.find((one) => commandOf(one) === name) ?? name
  return { name, line, choices }
})

/** Of each group, and what no other test runs as JSON; the consistency of reports runs the rest. */
const quick = tried.filter(
  ({ name }, i) =>
    name in others || tried.findIndex((other) => other.name.split(' ')[0] === name.split(' ')[0]) === i,
)

const lab = solvedLab()

test.each(byLayer(quick, tried))('$name --format', async ({ name, line, choices }) => {
  const run = (format: string) =>
    cachelab([...line.split(' '), '--format', format], { cwd: /^(exercises|grade)/.test(line) ? lab : root })
  // Whether it is one of the schema, in-process.ts checks for every JSON.
  const { stdout, stderr, code } = await run('json')
  expect([code, stderr]).toEqual([0, ''])
  const { schema, command, tables } = JSON.parse(stdout)
  expect([schema, command]).toEqual([expect.stringMatching(/^cachelab\/(report|replies)@1$/), name])
  const csv = await run('csv')
  if (!choices.includes('csv')) {
    expect(csv).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^error: --format must be one of .*\n$/),
    })
    return
  }
  const [{ columns, rows }] = (schema === 'cachelab/report@1' ? tables : []) as Report['tables']
  const [header, ...records] = parseCsv(csv.stdout)
  const isolation = name === 'grade' ? ['isolation'] : []
  expect(header).toEqual([...columns.map(({ key }) => key), ...isolation])
  expect(records).toHaveLength(rows.length)
})
