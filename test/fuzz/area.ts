import type { Random } from '../../src/random/random.js'

/** What breaks a rule. */
export interface Complaint {
  /** The rule; complaints of the same rule at the same place are of one kind. */
  readonly rule: string
  /** Where it happens, such as the command: of each kind one case is shown. */
  readonly where: string
  /** What was seen, in a line. */
  readonly text: string
}

/**
 * A part of the program that the fuzzer tries. A case is plain data: it is generated in the process that reports, sent
 * to one that runs many, and made simpler when it fails.
 */
export interface Area<Case = unknown> {
  /** A whole number: of all cases, this area gets the share weight ÷ sum of weights. */
  readonly weight: number
  /** What has to be loaded before cases can be generated. */
  load?(): Promise<void>
  generate(random: Random): Case
  /** Runs a case in this process and judges it. The current folder is a throwaway one, with the files of place.ts. */
  run(given: Case): Promise<Complaint[]>
  /** Cases that are a little simpler, the simplest first. */
  simplify(given: Case): Iterable<Case>
  /** A line for a shell that shows the same. */
  show(given: Case): string
  /** Whether the case itself asks for more than the usual time and memory, so that its end is awaited only for a moment. */
  asksForMuch(given: Case): boolean
  /** The name that `--only` is compared with. */
  nameOf(given: Case): string
}

/** The areas by name, each loaded when it is used. */
export const areas: Readonly<Record<string, () => Promise<Area>>> = {
  'command-lines': async () => (await import('./command-lines/area.js')).commandLines as Area,
  files: async () => (await import('./files/area.js')).files as Area,
  grader: async () => (await import('./grader/area.js')).grader as Area,
  protocol: async () => (await import('./protocol/area.js')).protocol as Area,
}
