/** An event in a node's view of the cluster. Nodes are numbers. */
export type NodeEvent =
  /** PFAIL: a node doesn't answer this one. */
  | { readonly kind: 'suspected'; readonly about: number }
  /** FAIL: a majority of the masters reports a node as down. */
  | { readonly kind: 'failed'; readonly about: number }
  | { readonly kind: 'fail-received'; readonly about: number; readonly from: number }
  | { readonly kind: 'fail-cleared'; readonly about: number }
  /** Whether this node serves requests. */
  | { readonly kind: 'state'; readonly isOk: boolean }
  | {
      readonly kind: 'election-delayed'
      readonly delayMs: number
      readonly rank: number
      readonly offset: number
    }
  | { readonly kind: 'election-started'; readonly epoch: number }
  | { readonly kind: 'vote-granted'; readonly candidate: number; readonly epoch: number }
  | { readonly kind: 'election-won'; readonly epoch: number }
  /** This master has lost its last slot, and becomes a replica of the one that has it. */
  | { readonly kind: 'demoted'; readonly master: number }
  /** Another master had the same epoch, so this node takes the next. */
  | { readonly kind: 'epoch-collision'; readonly about: number; readonly epoch: number }
  | { readonly kind: 'epoch-set'; readonly epoch: number }

/** An event in the words of Redis's log, with names for addresses. */
export function textOf(event: NodeEvent, names: readonly string[]): string {
  switch (event.kind) {
    case 'suspected':
      return `*** NODE ${names[event.about]} possibly failing`
    case 'failed':
      return `Marking node ${names[event.about]} as failing (quorum reached).`
    case 'fail-received':
      return `FAIL message received from ${names[event.from]} about ${names[event.about]}`
    case 'fail-cleared':
      return `Clear FAIL state for node ${names[event.about]}: it is reachable again.`
    case 'state':
      return `Cluster state changed: ${event.isOk ? 'ok' : 'fail'}`
    case 'election-delayed':
      return `Start of election delayed for ${event.delayMs} milliseconds (rank #${event.rank}, offset ${event.offset}).`
    case 'election-started':
      return `Starting a failover election for epoch ${event.epoch}.`
    case 'vote-granted':
      return `Failover auth granted to ${names[event.candidate]} for epoch ${event.epoch}`
    case 'election-won':
      return "Failover election won: I'm the new master."
    case 'demoted':
      return `Configuration change detected. Reconfiguring myself as a replica of ${names[event.master]}`
    case 'epoch-collision':
      return `configEpoch collision with ${names[event.about]}: mine is now ${event.epoch}`
    case 'epoch-set':
      return `New configEpoch set to ${event.epoch}`
  }
}

/** The same in few words, beside a node's lane. */
export function shortTextOf(event: NodeEvent, names: readonly string[]): string {
  switch (event.kind) {
    case 'suspected':
      return `PFAIL ${names[event.about]}`
    case 'failed':
    case 'fail-received':
      return `FAIL ${names[event.about]}`
    case 'fail-cleared':
      return `${names[event.about]} is back`
    case 'state':
      return event.isOk ? 'serves again' : 'serves no more'
    case 'election-delayed':
      return `waits ${event.delayMs} ms`
    case 'election-started':
      return `asks for votes, epoch ${event.epoch}`
    case 'vote-granted':
      return `votes for ${names[event.candidate]}`
    case 'election-won':
      return 'is the new master'
    case 'demoted':
      return `becomes a replica of ${names[event.master]}`
    case 'epoch-collision':
    case 'epoch-set':
      return `takes epoch ${event.epoch}`
  }
}
