import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A reply as it was sent: its type's character, its text, and what it holds. A null has neither. */
export interface Wire {
  readonly kind: string
  readonly text?: string
  readonly items?: readonly Wire[]
}

const AGGREGATES = '*%~>'

/** The reply at a place and where it ends; undefined where it isn't whole yet. */
function parse(bytes: string, at: number): { wire: Wire; end: number } | undefined {
  const line = bytes.indexOf('\r\n', at)
  if (line < 0) return undefined
  const kind = bytes[at]
  const text = bytes.slice(at + 1, line)
  let end = line + 2
  if (kind === '$' || kind === '=') {
    if (text === '-1') return { wire: { kind }, end }
    const last = end + Number(text)
    return bytes.length < last + 2
      ? undefined
      : { wire: { kind, text: bytes.slice(end, last) }, end: last + 2 }
  }
  if (!AGGREGATES.includes(kind)) return { wire: { kind, text }, end }
  if (text === '-1') return { wire: { kind }, end }
  const items: Wire[] = []
  for (let i = Number(text) * (kind === '%' ? 2 : 1); i > 0; i--) {
    const item = parse(bytes, end)
    if (!item) return undefined
    items.push(item.wire)
    end = item.end
  }
  return { wire: { kind, items }, end }
}

const PUSHED = new Set(
  ['', 'p', 's'].flatMap((kind) => ['message', 'subscribe', 'unsubscribe'].map((word) => kind + word)),
)
const isPush = ({ kind, items }: Wire) => kind === '>' || (kind === '*' && PUSHED.has(items?.[0]?.text ?? ''))

const encoded = (words: readonly string[]) =>
  `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`

/** A connection, whose replies come in the order of its commands, and what was pushed to it apart from them. */
export class Connection {
  private unread = ''
  private readonly expected: ((reply: Wire) => void)[] = []
  pushes: Wire[] = []

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.unread += chunk.toString('latin1')
      let at = 0
      for (let reply = parse(this.unread, 0); reply; reply = parse(this.unread, at)) {
        at = reply.end
        if (isPush(reply.wire)) this.pushes.push(reply.wire)
        else this.expected.shift()?.(reply.wire)
      }
      this.unread = this.unread.slice(at)
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      for (const resolve of this.expected.splice(0)) resolve({ kind: '!', text: 'the connection was closed' })
    })
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    return new Connection(socket)
  }

  /** Sends commands; their replies, one each. */
  send(commands: readonly (readonly string[])[]): Promise<Wire>[] {
    if (this.socket.destroyed) throw new Error('the connection was closed')
    const replies = commands.map(() => new Promise<Wire>((resolve) => this.expected.push(resolve)))
    this.socket.write(commands.map(encoded).join(''), 'latin1')
    return replies
  }

  async say(...words: string[]): Promise<Wire> {
    return this.send([words])[0]
  }

  /**
   * Sends a command that is answered by pushes, or by a reply where it fails or is queued; the PING behind it tells
   * which. Its reply is the one that the PING got if there was none.
   */
  async subscribe(words: readonly string[]): Promise<Wire> {
    const replies = this.send([words, ['PING']])
    const first = await replies[0]
    if (first.text === 'PONG' || first.items?.[0]?.text === 'pong') this.expected.pop()
    else await replies[1]
    return first
  }

  close(): void {
    this.socket.destroy()
  }
}
