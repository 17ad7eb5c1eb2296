import type { Random } from '../random/random.js'

/** What an exercise tells of itself, in its `exercise.json`. */
export interface ExerciseFacts {
  /** Where it stands in the course, from 1. */
  readonly order: number
  /** Whether labs have always had it. One that came later counts only for the labs that have it. */
  readonly inEveryLab?: true
  /** About how long it takes somebody who knows the lesson. */
  readonly minutes: number
  readonly title: string
  /** Where the lesson speaks of it. */
  readonly lesson: string
  /** The functions that a solution has to have. */
  readonly functions: readonly string[]
  /** From a nudge to nearly the answer. */
  readonly hints: readonly string[]
}

/** The result of one call: a value, or an error in the solution's own words. */
export type CallResult =
  | { readonly value: unknown }
  | {
      readonly error: string
      /** Its process is gone: it didn't throw the error. */
      readonly crashed?: true
    }

/** Answers what a solution asks for in the middle of a call; one that never settles stays unanswered. */
export type Service = Readonly<Record<string, (...parameters: unknown[]) => unknown>>

/** How a check asks a solution. */
export interface Solution {
  /**
   * Calls one function of the solution with each of several lists of arguments, and gives what each call came to.
   * With a service the calls run one after the other, and the solution can ask for its functions meanwhile.
   * Throws `Failure` where the solution is too slow or breaks the protocol.
   */
  call(name: string, calls: readonly (readonly unknown[])[], service?: Service): Promise<CallResult[]>
  /** Ends the solution's process: the next call meets a new one, which remembers nothing. */
  restart(): Promise<void>
}

/** Why a check failed, in the learner's terms. */
export class Failure extends Error {
  override readonly name = 'Failure'

  constructor(
    /** The smallest case that shows it, and what was expected. */
    message: string,
    /** What to do next. */
    readonly next: string,
    /** A command line that does it, to be copied: `next` leads to it, and ends with a colon. */
    readonly command = '',
  ) {
    super(message)
  }
}

/** One thing that a solution must get right. */
export interface Check {
  readonly id: string
  readonly title: string
  /** A whole number from 1. What an exercise, and the course, is worth is the sum. */
  readonly points: number
  /** Throws `Failure` where the solution is wrong. Whatever is random comes from `random`. */
  run(solution: Solution, random: Random): Promise<void>
}
