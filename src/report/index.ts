import type { Surface } from './paint.js'
import type { Report } from './report.js'

export type { ReportParameters } from './parameters.js'
export type { Cell, CurveFigure, Finding, Report, RingFigure, SequenceLine, Table } from './report.js'

/** Turns a report into text. Only `table` looks at the surface. */
export type Renderer = (report: Report, surface: Surface) => string

/**
 * Every format by name, loaded when it is asked for; the first is the default.
 *
 * @example
 * import { ringRoutes } from 'cachelab/placement'
 * import { formats, plainPaint, type Renderer, type Report, type Surface } from 'cachelab/report'
 * const report: Report = await ringRoutes({}, { operands: ['user:1001'] })
 * const render: Renderer = await formats.csv()
 * const surface: Surface = { width: 80, paint: plainPaint }
 * render(report, surface) // 'key,hash,vnode,node,replicas\nuser:1001,2121727686,node-C#v45,node-C,"node-C, node-B"\n'
 */
export const formats = {
  table: async (): Promise<Renderer> => (await import('./terminal.js')).renderTerminal,
  json: async (): Promise<Renderer> => (await import('./json.js')).renderJson,
  csv: async (): Promise<Renderer> => (await import('./csv.js')).renderCsv,
  markdown: async (): Promise<Renderer> => (await import('./markdown.js')).renderMarkdown,
  html: async (): Promise<Renderer> => (await import('./html/index.js')).renderHtml,
  svg: async (): Promise<Renderer> => (await import('./svg/index.js')).renderSvg,
}

/** A format that a report can be rendered in. */
export type FormatName = keyof typeof formats
/**
 * The formats; the first is what a terminal shows.
 *
 * @example
 * import { type FormatName, formatNames } from 'cachelab/report'
 * const standard: FormatName = formatNames[0]
 * standard // 'table'
 */
export const formatNames = Object.keys(formats) as FormatName[]
