import type { Format } from '../format.js'
import facts from './facts.json' with { type: 'json' }
import { oracleGeneral } from './oracle-general.js'
import { lines, lirs, plain } from './plain.js'
import { csv, tsv } from './table.js'

/** Every format by its name, in the order in which they are listed and recognized. */
const formats = { plain, lines, csv, tsv, lirs, oracleGeneral } satisfies Record<keyof typeof facts, Format>

export type TraceFormat = keyof typeof formats

export const traceFormats = Object.keys(formats) as TraceFormat[]

/** What a format is, in words, and an example line. */
export const formatFacts: Record<TraceFormat, (typeof facts)[TraceFormat]> = facts

export const formatOf = (name: TraceFormat): Format => formats[name]
