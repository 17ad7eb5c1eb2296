import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Report } from '../../src/report/index.js'
import schema from '../../src/report/report.schema.json' with { type: 'json' }

const ajv = new Ajv2020({ allowUnionTypes: true, strictTuples: false }).addSchema(schema, 'cachelab')

/** What is wrong with data that should be what cachelab prints as JSON; nothing for a valid one. */
export function shapeProblems(data: unknown): string[] {
  const kind = String((data as Partial<Report> | null)?.schema).includes('replies') ? 'replies' : 'report'
  const validate = ajv.getSchema(`cachelab#/$defs/${kind}`)!
  if (!validate(data)) return [ajv.errorsText(validate.errors)]
  return kind === 'report' ? (data as Report).tables.flatMap(tableProblems) : []
}

/** What a schema can't say of a table. */
function tableProblems({ name, columns, rows }: Report['tables'][number]): string[] {
  const keys = columns.map(({ key }) => key).sort()
  const twice = new Set(keys).size < keys.length ? [`the table ${name} has a column twice`] : []
  const wrong = rows.findIndex((row) => Object.keys(row).sort().join('\n') !== keys.join('\n'))
  return wrong < 0
    ? twice
    : [...twice, `row ${wrong + 1} of the table ${name} has other keys than the columns`]
}
