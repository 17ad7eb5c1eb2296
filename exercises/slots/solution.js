function crc16(bytes) {
  let remainder = 0
  for (const byte of bytes) {
    remainder ^= byte << 8
    for (let bit = 0; bit < 8; bit++)
      remainder = (remainder & 0x8000 ? (remainder << 1) ^ 0x1021 : remainder << 1) & 0xffff
  }
  return remainder
}

export function slot(key) {
  const open = key.indexOf('{')
  const close = open < 0 ? -1 : key.indexOf('}', open)
  const hashed = close > open + 1 ? key.slice(open + 1, close) : key
  return crc16(new TextEncoder().encode(hashed)) % 16384
}

function keysOf([name, ...words]) {
  switch (name.toUpperCase()) {
    case 'PING':
    case 'TIME':
      return []
    case 'MSET':
      return words.filter((_, i) => i % 2 === 0)
    case 'MGET':
    case 'DEL':
    case 'EXISTS':
    case 'SINTER':
    case 'RENAME':
      return words
    default:
      return words.slice(0, 1)
  }
}

export function together(commands) {
  return new Set(commands.flatMap(keysOf).map(slot)).size <= 1
}

const MAX_REDIRECTIONS = 5

export async function run(slots, commands, nodes) {
  // What the client has learnt besides the map.
  const moved = new Map()
  const replies = []
  for (const command of commands) {
    const place = slot(command[1])
    let node = moved.get(place) ?? slots.find(({ from, to }) => from <= place && place <= to).node
    for (let redirections = 0; ; redirections++) {
      try {
        replies.push(await nodes.send(node, command))
        break
      } catch ({ message }) {
        const [kind, , target] = message.split(' ')
        if ((kind !== 'MOVED' && kind !== 'ASK') || redirections === MAX_REDIRECTIONS) {
          replies.push(message)
          break
        }
        node = target
        if (kind === 'MOVED') moved.set(place, target)
        else await nodes.send(target, ['ASKING'])
      }
    }
  }
  return replies
}
