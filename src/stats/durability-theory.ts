/**
 * Mean milliseconds from the arrival of a write to its answer, where an answer waits for an fsync, and one fsync serves
 * all writes that came during the last one (group commit). Writes arrive by chance, `rate` of them a millisecond.
 *
 * A write that finds no fsync running waits for its own: E[S]. Another waits for the rest of the one that runs, on
 * average E[S²] ÷ 2E[S], and then for its own. In the time of one fsync rate × E[S] writes come, and with probability
 * E[e^(−rate S)] none, after which the next one finds the disk idle. So of rate × E[S] + E[e^(−rate S)] writes
 * rate × E[S] wait for the one before.
 *
 * S is half fixed and half exponential: E[S²] = 5/4 E[S]².
 */
export function groupCommitLatency(rate: number, fsync: number): number {
  const during = rate * fsync
  const idle = Math.exp(-during / 2) / (1 + during / 2)
  return fsync * (1 + (5 / 8) * (during / (during + idle)))
}

/**
 * Milliseconds of writes that a crash at a random moment loses where a snapshot begins every `period` and counts once
 * it is complete, after `duration`: from `duration` to `period + duration` since the last one began.
 */
export function snapshotLoss(period: number, duration: number): number {
  return period / 2 + duration
}
