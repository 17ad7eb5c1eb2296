import type { Surface } from './paint.js'
import type { Report } from './report.js'

export type { ReportParameters } from './parameters.js'
export type { Cell, CurveFigure, Finding, Report, RingFigure, SequenceLine, Table } from './report.js'

/** Turns a report into text. */
export type Renderer = (report: Report, surface: Surface) => string

/** Every format by name, loaded when it is asked for; the first is the default. */
export const formats = {
  table: async (): Promise<Renderer> => (await import('./terminal.js')).renderTerminal,
  json: async (): Promise<Renderer> => (await import('./json.js')).renderJson,
  csv: async (): Promise<Renderer> => (await import('./csv.js')).renderCsv,
  markdown: async (): Promise<Renderer> => (await import('./markdown.js')).renderMarkdown,
}

export type FormatName = keyof typeof formats
export const formatNames = Object.keys(formats) as FormatName[]
