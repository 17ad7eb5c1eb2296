// A table for the CRC, a regular expression for the tag, and a class for the client.
const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 8
  for (let bit = 0; bit < 8; bit++) remainder = (remainder << 1) ^ (remainder & 0x8000 ? 0x1021 : 0)
  return remainder
})

export function slot(key: string): number {
  const [, tag = ''] = /^[^{]*\{([^}]*)\}/s.exec(key) ?? []
  let crc = 0
  for (const byte of Buffer.from(tag === '' ? key : tag))
    crc = ((crc << 8) ^ TABLE[(crc >> 8) ^ byte]) & 0xffff
  return crc & 16383
}

const PLACES: Record<string, (words: string[]) => string[]> = {
  PING: () => [],
  TIME: () => [],
  MSET: (words) => words.filter((_, i) => i % 2 === 0),
  ...Object.fromEntries(
    ['MGET', 'DEL', 'EXISTS', 'SINTER', 'RENAME'].map((name) => [name, (words: string[]) => words]),
  ),
}

export function together(commands: string[][]): boolean {
  const slots = commands.flatMap(([name, ...words]) =>
    (PLACES[name.toUpperCase()] ?? (([key]: string[]) => [key]))(words).map(slot),
  )
  return slots.every((one) => one === slots[0])
}

interface Nodes {
  send(node: string, command: string[]): Promise<unknown>
}

class Client {
  private readonly moved: Record<number, string> = {}

  constructor(
    private readonly slots: { from: number; to: number; node: string }[],
    private readonly nodes: Nodes,
  ) {}

  async reply(command: string[]): Promise<unknown> {
    const place = slot(command[1])
    let node =
      this.moved[place] ?? this.slots.filter(({ from }) => from <= place).find(({ to }) => to >= place)!.node
    let last = ''
    for (const _ of [0, 1, 2, 3, 4, 5]) {
      if (last.startsWith('ASK ')) await this.nodes.send(node, ['asking'.toUpperCase()])
      const outcome = await this.nodes.send(node, command).then(
        (value) => ({ value }),
        (error: Error) => error.message,
      )
      if (typeof outcome !== 'string') return outcome.value
      last = outcome
      if (!/^(MOVED|ASK) /.test(last)) break
      node = last.split(' ')[2]
      if (last.startsWith('MOVED')) this.moved[place] = node
    }
    return last
  }
}

export async function run(
  slots: { from: number; to: number; node: string }[],
  commands: string[][],
  nodes: Nodes,
): Promise<unknown[]> {
  const client = new Client(slots, nodes)
  const replies: unknown[] = []
  for (const command of commands) replies.push(await client.reply(command))
  return replies
}
