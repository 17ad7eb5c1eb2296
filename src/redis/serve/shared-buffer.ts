import { Socket } from 'node:net'

/** Bytes that are read at a time. */
const SIZE = 64 << 10

/** What Node has inside of a socket; its documentation doesn't promise it. */
type Inside = { _handle?: object | null }

/**
 * Makes sockets receive into one buffer that all of them share. Node gives a socket that a server accepts a new buffer
 * for every chunk, which costs more than most commands.
 */
export class SharedBuffer {
  private readonly buffer = Buffer.allocUnsafeSlow(SIZE)

  /**
   * A socket for a connection that was accepted with `pauseOnConnect`. It hands on each chunk, which changes once `take`
   * returns.
   */
  receive(accepted: Socket, take: (chunk: Buffer) => void): Socket {
    const { _handle: handle } = accepted as unknown as Inside
    // Another version of Node may keep it elsewhere.
    if (!handle) {
      accepted.on('data', take)
      return accepted.resume()
    }
    ;(accepted as unknown as Inside)._handle = null
    accepted.destroy()
    const onread = {
      buffer: this.buffer,
      callback: (size: number) => {
        take(this.buffer.subarray(0, size))
        return true
      },
    }
    return new Socket({ handle, onread, allowHalfOpen: true } as ConstructorParameters<typeof Socket>[0])
  }
}
