interface Vote {
  leader: string
  epoch: number
}

/** What another sentinel last told this one. */
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

/** What one sentinel knows. */
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

/** What a sentinel keeps of elections. */
interface Ballot {
  epoch: number
  vote: Vote | null
}

/** Whether the master is up, subjectively down or objectively down. */
export function stateOf(view: View): 'up' | 'sdown' | 'odown' {
  return 'up'
}

/** What a sentinel keeps after a candidate has asked for its vote. */
export function vote(mine: Ballot, request: { candidate: string; epoch: number }): Ballot {
  return mine
}

/** Whether this sentinel has the votes to lead the failover. */
export function isLeader(view: View): boolean {
  return false
}

/** The name of the replica to promote, or null. */
export function promote(view: View): string | null {
  return null
}
