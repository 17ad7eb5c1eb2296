/** A request stream over keys 0 … keyCount − 1. The same seed gives the same stream, however it is cut up. */
export interface Workload {
  /** As options call it, such as `zipf`. */
  readonly name: string
  /** Keys are 0 … keyCount − 1. */
  readonly keyCount: number
  /** How likely each request asks for each key, where that never changes, in no particular order: what theory starts from. */
  readonly probabilities?: Float64Array
  /** Fills `out` with the next out.length requests. */
  next(out: Uint32Array): void
}
