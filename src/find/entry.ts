/** What can be found: a command to run, and what it is about. */
export interface Entry {
  readonly kind: Kind
  /** The command line that shows it. */
  readonly command: string
  /** What is shown beside the command; its words count most. */
  readonly title: string
  /** What is shown instead, where the title must not be found. */
  readonly shows?: string
  readonly text: string
}

/** What an entry is, and how much it counts beside others with the same words. */
export const kinds = {
  command: 3,
  example: 1.5,
  walkthrough: 2,
  exercise: 1.5,
  option: 1.2,
  redis: 1,
  document: 1,
  question: 0.6,
} as const

export type Kind = keyof typeof kinds
