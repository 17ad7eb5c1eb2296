import type { Socket } from 'node:net'
import type { Buffers, Peer } from '../peer.js'

const addressOf = (address = '', port = 0) => `${address.replace('::ffff:', '')}:${port}`

/** The other end of a TCP connection. */
export function peerOf(socket: Socket, close: () => void, buffers: () => Buffers): Peer {
  const { remoteAddress, remotePort, localAddress, localPort } = socket
  return {
    address: addressOf(remoteAddress, remotePort),
    localAddress: addressOf(localAddress, localPort),
    descriptor: (socket as unknown as { _handle?: { fd?: number } })._handle?.fd ?? -1,
    close,
    get buffers() {
      return buffers()
    },
  }
}
