/** Reports as data, how they are rendered, and how they are made again. */
import schema from '../report/report.schema.json' with { type: 'json' }
import { experiment } from './experiment.js'

export { type FormatName, formatNames, formats, type Renderer } from '../report/index.js'
export { type Paint, plainPaint, type Surface } from '../report/paint.js'
export type { Cell, Column, Figure, Finding, Report, Table } from '../report/report.js'

/**
 * The JSON Schema of reports, draft 2020-12: that of `cachelab schema`.
 *
 * @example
 * import { reportSchema } from 'cachelab/report'
 * reportSchema.$schema // 'https://json-schema.org/draft/2020-12/schema'
 */
export const reportSchema: Readonly<Record<string, unknown>> = schema

/**
 * The report in the file in `operands`, or in `input` for `-`, made again; `note` is told whether it is the same.
 *
 * @example
 * import { ringRoutes } from 'cachelab/placement'
 * import { again } from 'cachelab/report'
 * const report = await ringRoutes({}, { operands: ['user:1001'] })
 * const notes: string[] = []
 * const same = await again({}, { operands: ['-'], input: JSON.stringify(report), note: (text) => notes.push(text) })
 * same.command // 'ring route'
 * notes.at(-1) // 'note: standard input: the result is the same, byte for byte'
 */
export const again = experiment<typeof import('../cli/commands/again.js')>('again')
