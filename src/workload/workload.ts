/** A request stream over keys 0 … keyCount − 1. The same seed gives the same stream, however it is cut up. */
export interface Workload {
  readonly name: string
  readonly keyCount: number
  /** Fills `out` with the next out.length requests. */
  next(out: Uint32Array): void
}
