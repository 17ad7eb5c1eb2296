import data from './use-cases.json' with { type: 'json' }

/** One structure for a use case. */
export interface Choice {
  readonly structure: string
  /** Templates of commands that fill the store. */
  readonly fill: readonly string[]
  /** Templates of the commands of each action, in their order; null where the structure can't do it. */
  readonly actions: readonly (readonly string[] | null)[]
  /** What speaks for it or against it, beside the numbers. */
  readonly remark: string
}

export interface UseCase {
  readonly title: string
  /** What an item is, in the plural. */
  readonly items: string
  readonly size: number
  readonly actions: readonly string[]
  readonly choices: readonly Choice[]
}

export type UseCaseName = keyof typeof data
export const useCases: Readonly<Record<UseCaseName, UseCase>> = data
export const useCaseNames = Object.keys(data) as UseCaseName[]
