// Counts in loops, and keeps the best so far.
// biome-ignore lint/suspicious/noExplicitAny: as a learner may write it
type Any = any

export function stateOf(view: Any) {
  let state = 'up'
  if (view.master.silentMs > view.downAfterMs) {
    state = 'sdown'
    let agreed = 1
    for (const { saysDown, reportAgeMs } of view.sentinels) if (saysDown && reportAgeMs < 5001) agreed++
    if (!(agreed < view.quorum)) state = 'odown'
  }
  return state
}

export function vote({ epoch, vote }: Any, request: Any) {
  if (request.epoch > epoch) epoch = request.epoch
  if ((vote ? vote.epoch : 0) < request.epoch && epoch <= request.epoch)
    vote = { epoch: request.epoch, leader: request.candidate }
  return { vote, epoch }
}

export function isLeader({ me, epoch, vote, quorum, sentinels }: Any) {
  const needed = Math.max(quorum, 1 + Math.floor((sentinels.length + 1) / 2))
  let count = 0
  for (const one of [{ vote, reportAgeMs: 0 }, ...sentinels])
    if (one.vote && one.reportAgeMs <= 5000 && one.vote.epoch === epoch && one.vote.leader === me) count++
  return count >= needed
}

export function promote({ replicas, master, downAfterMs }: Any) {
  let best: Any = null
  for (const one of replicas) {
    if (!one.priority || one.silentMs > downAfterMs || one.silentMs > 5000 || one.infoAgeMs > 5000) continue
    if (one.linkDownMs > 9 * downAfterMs + master.silentMs) continue
    if (
      best === null ||
      one.priority < best.priority ||
      (one.priority === best.priority &&
        (one.offset > best.offset || (one.offset === best.offset && one.runId < best.runId)))
    )
      best = one
  }
  return best?.name ?? null
}
