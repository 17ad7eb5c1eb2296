/** Reports as data, how they are rendered, and how they are made again. */
import { experiment } from './experiment.js'

export { type FormatName, formatNames, formats, type Renderer } from '../report/index.js'
export { type Paint, plainPaint, type Surface } from '../report/paint.js'
export type { Cell, Column, Figure, Finding, Report, Table } from '../report/report.js'
export { default as reportSchema } from '../report/report.schema.json'

/** The report in the file in `operands`, or in `input` for `-`, made again; `note` is told whether it is the same. */
export const again = experiment<typeof import('../cli/commands/again.js')>('again')
