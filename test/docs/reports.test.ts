import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Report } from '../../src/report/index.js'
import schema from '../../src/report/report.schema.json' with { type: 'json' }
import { cachelab } from '../cli/in-process.js'
import { blocksIn, readDocument } from './documents.js'

const page = readDocument('src/docs/reports.md')
const folder = mkdtempSync(join(tmpdir(), 'reports-'))
const line = blocksIn(page, 'sh')
  .flatMap((block) => block.split('\n'))
  .find((each) => each.endsWith('> curve.json'))!
const words = line.replace('cachelab ', '').replace(' > curve.json', '').split(' ')
const { stdout } = await cachelab(words)
writeFileSync(join(folder, 'curve.json'), stdout)
const report = JSON.parse(stdout) as Report
const { rows } = report.tables[0]

/** What Python prints; undefined where there is no Python, or not the modules. */
function python(code: string, ...modules: string[]): string | undefined {
  const has = spawnSync('python3', ['-c', ['json', ...modules].map((name) => `import ${name}`).join('\n')])
  return has.status === 0
    ? execFileSync('python3', ['-c', code], { cwd: folder, encoding: 'utf8' })
    : undefined
}

test('the commands of the page say what it says', async () => {
  const again = await cachelab(['again', 'curve.json'], { cwd: folder })
  expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('the result is the same')])
  const changed = {
    ...report,
    tables: [{ ...report.tables[0], rows: [{ ...rows[0], lru: 0.9 }, ...rows.slice(1)] }],
  }
  writeFileSync(join(folder, 'changed.json'), JSON.stringify(changed))
  const { stderr } = await cachelab(['again', 'changed.json'], { cwd: folder })
  expect(stderr.replace('changed', 'curve')).toContain(blocksIn(page, 'text')[0])
  // The keys of the table are those of a report.
  const named = [...page.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, keys]) => keys.match(/\w+/g)!)
  expect(named.sort()).toEqual(Object.keys(schema.$defs.report.properties).sort())
})

test('the package has the schema under the name that the page gives', () => {
  const [, name] = /from '([^']+)'/.exec(blocksIn(page, 'js')[0])!
  expect(createRequire(import.meta.url)(name)).toEqual(schema)
})

test('Python’s snippets read the rows', () => {
  const [plain, pandas] = blocksIn(page, 'py')
  // What they read is there, also where there is no Python.
  for (const code of [plain, pandas]) expect(code).toContain('report["tables"][0]["rows"]')
  for (const key of ['capacity', 'lru', 'sieve', 'opt'])
    expect(rows.map((row) => typeof row[key])).toEqual(rows.map(() => 'number'))
  const least = (key: string) => Math.min(...rows.map((row) => Number(row[key])))
  const best = ['lru', 'sieve', 'opt'].map((key) => `'${key}': ${least(key)}`).join(', ')
  expect(python(plain) ?? `${report.title} {${best}}\n`).toBe(`${report.title} {${best}}\n`)
  const printed = python(pandas, 'pandas')
  if (printed !== undefined) expect(printed.match(/^\d+ +0\.\d+$/gm)).toHaveLength(rows.length)
})

test('DuckDB’s snippets give the rows', () => {
  const snippets = blocksIn(page, 'sql')
  expect(snippets[0]).toContain('tables[1].rows')
  expect(snippets[1]).toContain(`'${report.tables[0].name}'`)
  for (const sql of snippets) {
    const code = `import duckdb, json\nprint(json.dumps(duckdb.sql("""${sql}""").fetchall()))`
    const found = python(code, 'duckdb')
    if (found !== undefined) expect(JSON.parse(found)).toEqual(rows.map((row) => Object.values(row)))
  }
})

test('Vega-Lite’s specification names columns that are there', () => {
  const { data, transform, encoding } = JSON.parse(blocksIn(page, 'json')[0])
  const [fold] = transform
  const { tables } = report
  expect([data.url, data.format.property, tables[0].rows]).toEqual(['curve.json', 'tables[0].rows', rows])
  const known = [...Object.keys(rows[0]), ...fold.as]
  for (const column of fold.fold) expect(Object.keys(rows[0])).toContain(column)
  for (const { field } of Object.values(encoding) as { field: string }[]) expect(known).toContain(field)
})
