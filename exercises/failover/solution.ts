interface Vote {
  leader: string
  epoch: number
}

interface Report {
  name: string
  reportAgeMs: number
  saysDown: boolean
  vote: Vote | null
}

interface Replica {
  name: string
  silentMs: number
  infoAgeMs: number
  linkDownMs: number
  priority: number
  offset: number
  runId: string
}

interface View {
  me: string
  quorum: number
  downAfterMs: number
  epoch: number
  vote: Vote | null
  master: { silentMs: number }
  sentinels: Report[]
  replicas: Replica[]
}

interface Ballot {
  epoch: number
  vote: Vote | null
}

const FRESH_MS = 5000

const isFresh = (report: Report) => report.reportAgeMs <= FRESH_MS

export function stateOf(view: View): 'up' | 'sdown' | 'odown' {
  if (view.master.silentMs <= view.downAfterMs) return 'up'
  const others = view.sentinels.filter((report) => report.saysDown && isFresh(report))
  return 1 + others.length >= view.quorum ? 'odown' : 'sdown'
}

export function vote(mine: Ballot, request: { candidate: string; epoch: number }): Ballot {
  // An epoch that is over has had its election.
  if (request.epoch < mine.epoch) return mine
  const { candidate, epoch } = request
  const hasVoted = mine.vote !== null && mine.vote.epoch >= epoch
  return { epoch, vote: hasVoted ? mine.vote : { leader: candidate, epoch } }
}

export function isLeader(view: View): boolean {
  const votes = [view.vote, ...view.sentinels.filter(isFresh).map((report) => report.vote)]
  const own = votes.filter((one) => one?.leader === view.me && one.epoch === view.epoch)
  const all = view.sentinels.length + 1
  return own.length > all / 2 && own.length >= view.quorum
}

export function promote(view: View): string | null {
  const { master, downAfterMs } = view
  const longestApartMs = 10 * downAfterMs + (master.silentMs - downAfterMs)
  const candidates = view.replicas.filter(
    (replica) =>
      replica.priority !== 0 &&
      replica.silentMs <= Math.min(downAfterMs, FRESH_MS) &&
      replica.infoAgeMs <= FRESH_MS &&
      replica.linkDownMs <= longestApartMs,
  )
  candidates.sort((a, b) => a.priority - b.priority || b.offset - a.offset || (a.runId < b.runId ? -1 : 1))
  return candidates[0]?.name ?? null
}
