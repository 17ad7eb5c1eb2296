/** What a sentinel promised to a candidate of an epoch. */
export interface Vote {
  readonly leader: string
  readonly epoch: number
}

export interface Report {
  readonly name: string
  readonly reportAgeMs: number
  readonly saysDown: boolean
  readonly vote: Vote | null
}

export interface Replica {
  readonly name: string
  readonly silentMs: number
  readonly infoAgeMs: number
  readonly linkDownMs: number
  readonly priority: number
  readonly offset: number
  readonly runId: string
}

/** What one sentinel knows. */
export interface View {
  readonly me: string
  readonly quorum: number
  readonly downAfterMs: number
  readonly epoch: number
  readonly vote: Vote | null
  readonly master: { readonly silentMs: number }
  readonly sentinels: readonly Report[]
  readonly replicas: readonly Replica[]
}

export const STATES = ['up', 'sdown', 'odown'] as const

/** After sentinel.c of Redis 7.0: five times the period of the questions, of INFO during a failover, and of PING. */
export const FRESH_MS = 5000

const isFresh = ({ reportAgeMs }: Report) => reportAgeMs <= FRESH_MS

/** sentinelCheckSubjectivelyDown and sentinelCheckObjectivelyDown. */
export function stateOf({ master, downAfterMs, quorum, sentinels }: View): (typeof STATES)[number] {
  if (master.silentMs <= downAfterMs) return 'up'
  const agreed = 1 + sentinels.filter((one) => one.saysDown && isFresh(one)).length
  return agreed >= quorum ? 'odown' : 'sdown'
}

/** What a sentinel keeps of elections. */
export type Ballot = Pick<View, 'epoch' | 'vote'>

export interface Request {
  readonly candidate: string
  readonly epoch: number
}

/** sentinelVoteLeader. */
export function vote(mine: Ballot, request: Request): Ballot {
  const epoch = Math.max(mine.epoch, request.epoch)
  const isFirst = (mine.vote?.epoch ?? 0) < request.epoch && request.epoch === epoch
  return { epoch, vote: isFirst ? { leader: request.candidate, epoch } : mine.vote }
}

export const votesNeeded = ({ sentinels, quorum }: Pick<View, 'sentinels' | 'quorum'>) =>
  Math.max(Math.floor((sentinels.length + 1) / 2) + 1, quorum)

/** sentinelGetLeader, asked whether it is this sentinel. */
export function isLeader(view: View): boolean {
  const votes = [view.vote, ...view.sentinels.filter(isFresh).map((one) => one.vote)]
  const own = votes.filter((one) => one?.leader === view.me && one.epoch === view.epoch)
  return own.length >= votesNeeded(view)
}

/** How long a replica may have been without its master. */
export const mostApartMs = ({ master, downAfterMs }: Pick<View, 'master' | 'downAfterMs'>) =>
  10 * downAfterMs + Math.max(0, master.silentMs - downAfterMs)

/** Why a replica is not promoted; undefined if it may be. */
export function whyUnfit(replica: Replica, view: View): string | undefined {
  const { silentMs, infoAgeMs, linkDownMs, priority } = replica
  const most = mostApartMs(view)
  if (priority === 0) return 'has priority 0'
  if (silentMs > view.downAfterMs) return 'is down itself'
  if (silentMs > FRESH_MS) return `was silent for more than ${FRESH_MS} ms`
  if (infoAgeMs > FRESH_MS) return `has an INFO of more than ${FRESH_MS} ms ago`
  if (linkDownMs > most) return `was without its master for more than ${most} ms`
  return undefined
}

/** sentinelSelectSlave: negative where `a` is promoted before `b`. */
export const compare = (a: Replica, b: Replica) =>
  a.priority - b.priority || b.offset - a.offset || (a.runId < b.runId ? -1 : 1)

export function promote(view: View): string | null {
  const [best] = view.replicas.filter((replica) => !whyUnfit(replica, view)).sort(compare)
  return best?.name ?? null
}
