import type { Format } from '../format.js'
import { address } from './address.js'
import { clf } from './clf.js'
import facts from './facts.json' with { type: 'json' }
import { jsonl } from './jsonl.js'
import { lcs } from './lcs.js'
import { monitor } from './monitor.js'
import { oracleGeneral } from './oracle-general.js'
import { lines, lirs, plain } from './plain.js'
import { meta, twitter, webcachesim, wiki } from './services.js'
import { arc, msr, spc } from './storage.js'
import { csv, tsv } from './table.js'
import { vscsi } from './vscsi.js'

export type TraceFormat = keyof typeof facts

/** Every format by its name, in the order in which they are recognized. */
const formats: Record<TraceFormat, Format> = {
  lcs,
  vscsi,
  oracleGeneral,
  jsonl,
  clf,
  monitor,
  twitter,
  meta,
  wiki,
  lirs,
  arc,
  spc,
  msr,
  address,
  plain,
  lines,
  csv,
  tsv,
  webcachesim,
  lrb: webcachesim,
}

/** Their names, in the order in which they are listed. */
export const traceFormats = Object.keys(facts) as TraceFormat[]

export interface FormatFacts {
  /** What it is, in words. */
  readonly what: string
  readonly found: string
  /** What requests have beside keys; null for nothing. */
  readonly has: string | null
  /** A line of it; null for records of bytes. */
  readonly example: string | null
}

export const formatFacts: Record<TraceFormat, FormatFacts> = facts

export const formatOf = (name: TraceFormat): Format => formats[name]

/** The formats that are recognized by their content, in the order in which they are tried. */
export const recognizable = (Object.keys(formats) as TraceFormat[]).filter((name) => formats[name].recognizes)
