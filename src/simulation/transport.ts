/** Where requests go, to nodes by number: a simulated network, or a real one. */
export interface Transport<Q, R> {
  /** Sends a request to a node. `answer` is called once, later, or never. */
  send(node: number, request: Q, answer: (reply: R) => void): void
}

/** Time in milliseconds, simulated or real. */
export interface Clock {
  readonly now: number
  after(delay: number, action: () => void): void
}
