import type { Client } from '../client.js'

/** The letters of CLIENT LIST, in Redis's order. */
function flagsOf(client: Client): string {
  const { tracking } = client
  const flags: readonly [string, boolean][] = [
    ['O', client.isMonitor],
    ['P', client.isSubscribed],
    ['x', client.queue !== undefined],
    ['b', client.waiting !== undefined],
    ['t', tracking !== undefined],
    ['R', tracking?.isBroken === true],
    ['B', tracking?.prefixes !== undefined],
    ['d', client.isDirty],
    ['c', client.isClosing],
    ['e', client.isKept],
  ]
  const set = flags.filter(([, isSet]) => isSet).map(([letter]) => letter)
  return set.join('') || 'N'
}

const lengthOf = (argv: readonly string[] = []) => argv.reduce((sum, word) => sum + word.length, 0)

/** Bytes of a command as a client sends it. */
const bytesOf = (argv: readonly string[]) =>
  argv.reduce((sum, { length }) => sum + length + String(length).length + 5, String(argv.length).length + 3)

/**
 * A client's line of CLIENT LIST. `argv` is the command that it is running. Buffers that Redis allocates in advance
 * don't exist here and count as 0: qbuf-free, rbs, rbp, obl, oll.
 */
export function described(client: Client, argv?: readonly string[]): string {
  const { peer, server, queue, tracking } = client
  const { input, output } = peer.buffers
  const seconds = (since: number) => Math.max(0, Math.floor((server.now - since) / 1000))
  const sent = argv ? input + bytesOf(argv) : input
  const queued = queue?.reduce((sum, words) => sum + lengthOf(words), 0) ?? 0
  const facts = {
    id: client.id,
    addr: peer.address,
    laddr: peer.localAddress,
    fd: peer.descriptor,
    name: client.name,
    age: seconds(client.createdAt),
    idle: seconds(client.usedAt),
    flags: flagsOf(client),
    db: client.db.index,
    sub: client.channels.size,
    psub: client.patterns.size,
    ssub: client.shardChannels.size,
    multi: queue?.length ?? -1,
    qbuf: sent,
    'qbuf-free': 0,
    'argv-mem': lengthOf(argv),
    'multi-mem': queued,
    rbs: 0,
    rbp: 0,
    obl: 0,
    oll: 0,
    omem: output,
    'tot-mem': sent + lengthOf(argv) + queued + output,
    events: output > 0 ? 'rw' : 'r',
    cmd: client.lastCommand?.name ?? 'NULL',
    user: 'default',
    redir: tracking?.redirect ?? -1,
    resp: client.protocol,
  }
  return `${Object.entries(facts)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')}\n`
}
