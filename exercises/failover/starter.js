/**
 * What one sentinel knows.
 * @typedef {{ leader: string, epoch: number }} Vote
 * @typedef {{ name: string, reportAgeMs: number, saysDown: boolean, vote: Vote | null }} Report
 * @typedef {{ name: string, silentMs: number, infoAgeMs: number, linkDownMs: number, priority: number,
 *   offset: number, runId: string }} Replica
 * @typedef {{ me: string, quorum: number, downAfterMs: number, epoch: number, vote: Vote | null,
 *   master: { silentMs: number }, sentinels: Report[], replicas: Replica[] }} View
 */

/**
 * Whether the master is 'up', subjectively down ('sdown') or objectively down ('odown').
 * @param {View} view
 */
export function stateOf(view) {
  return 'up'
}

/**
 * What a sentinel keeps after a candidate has asked for its vote.
 * @param {{ epoch: number, vote: Vote | null }} mine
 * @param {{ candidate: string, epoch: number }} request
 */
export function vote(mine, request) {
  return mine
}

/**
 * Whether this sentinel has the votes to lead the failover.
 * @param {View} view
 */
export function isLeader(view) {
  return false
}

/**
 * The name of the replica to promote, or null.
 * @param {View} view
 */
export function promote(view) {
  return null
}
