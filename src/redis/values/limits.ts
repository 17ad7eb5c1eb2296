/** Limits up to which a collection is stored as a listpack or an intset, which are searched linearly. */
export interface Limits {
  readonly hashMaxListpackEntries: number
  readonly hashMaxListpackValue: number
  readonly setMaxIntsetEntries: number
  readonly zsetMaxListpackEntries: number
  readonly zsetMaxListpackValue: number
}

export const UNLIMITED: Limits = {
  hashMaxListpackEntries: Number.POSITIVE_INFINITY,
  hashMaxListpackValue: Number.POSITIVE_INFINITY,
  setMaxIntsetEntries: Number.POSITIVE_INFINITY,
  zsetMaxListpackEntries: Number.POSITIVE_INFINITY,
  zsetMaxListpackValue: Number.POSITIVE_INFINITY,
}
