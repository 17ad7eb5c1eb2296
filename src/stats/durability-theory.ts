/**
 * Group commit: an answer waits for an fsync, and one fsync serves all writes that came during the last one. Writes
 * arrive by chance, `rate` of them a millisecond. An fsync takes S, half of it fixed and half exponential, so that
 * E[S²] = 5/4 E[S]².
 *
 * In the time of an fsync rate × E[S] writes come, and with probability E[e^(−rate S)] none; then the next fsync serves
 * the one write that comes to an idle disk. This is the mean number of writes for an fsync.
 */
export function groupSize(rate: number, fsync: number): number {
  const during = rate * fsync
  return during + Math.exp(-during / 2) / (1 + during / 2)
}

/**
 * Mean milliseconds from a write to its answer with group commit. All wait for their own fsync, E[S]. Those that come
 * while one runs also wait for the rest of that one, on average E[S²] ÷ 2E[S].
 */
export function groupCommitLatency(rate: number, fsync: number): number {
  return fsync * (1 + (5 / 8) * ((rate * fsync) / groupSize(rate, fsync)))
}

/**
 * Milliseconds of writes that a crash at a random moment loses where a snapshot begins every `period` and counts once
 * it is complete, after `duration`: from `duration` to `period + duration` since the last one began.
 */
export function snapshotLoss(period: number, duration: number): number {
  return period / 2 + duration
}
