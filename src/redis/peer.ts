/** The other end of a client's connection. */
export interface Peer {
  /** Its address and port, such as 127.0.0.1:50001. */
  readonly address: string
  /** The address and port that it connected to. */
  readonly localAddress: string
  /** The number of the connection's file descriptor; -1 without one. */
  readonly descriptor: number
  /** Ends the connection without waiting for replies. */
  close(): void
  readonly buffers: Buffers
}

/** What a connection holds back, in bytes. */
export interface Buffers {
  /** Bytes that were received and whose commands have not run. */
  readonly input: number
  /** Bytes of replies that wait to be sent. */
  readonly output: number
}

const FIRST_PORT = 50_000
const EMPTY: Buffers = { input: 0, output: 0 }

/** The end of a client that has no connection, such as one of a script's: an address of its own, and nothing buffered. */
export function virtualPeer(id: number, close: () => void = () => {}): Peer {
  return {
    address: `127.0.0.1:${FIRST_PORT + id}`,
    localAddress: '127.0.0.1:6379',
    descriptor: -1,
    close,
    buffers: EMPTY,
  }
}
