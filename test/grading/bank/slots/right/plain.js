export function crc16(bytes, polynomial = 0x1021, start = 0) {
  let remainder = start
  for (const byte of bytes) {
    remainder ^= byte << 8
    for (let bit = 0; bit < 8; bit++)
      remainder = (remainder & 0x8000 ? (remainder << 1) ^ polynomial : remainder << 1) & 0xffff
  }
  return remainder
}

export const utf8 = (text) => new TextEncoder().encode(text)

export function hashed(key) {
  const open = key.indexOf('{')
  const close = open < 0 ? -1 : key.indexOf('}', open)
  return close > open + 1 ? key.slice(open + 1, close) : key
}

export const slot = (key) => crc16(utf8(hashed(key))) % 16384

export function keysOf([name, ...words]) {
  const upper = name.toUpperCase()
  if (['PING', 'TIME'].includes(upper)) return []
  if (upper === 'MSET') return words.filter((_, i) => i % 2 === 0)
  return ['MGET', 'DEL', 'EXISTS', 'SINTER', 'RENAME'].includes(upper) ? words : [words[0]]
}

/** Whether commands go together, by any idea of slots and of keys. */
export const togetherBy = (slot, keysOf) => (commands) =>
  new Set(commands.flatMap(keysOf).map(slot)).size <= 1

export const together = togetherBy(slot, keysOf)

export const nodeOf = (slots, place) => slots.find(({ from, to }) => from <= place && place <= to).node

/** A client around any idea of slots, of what is learnt, and of how many redirections there are. */
export const clientOf =
  ({
    slotOf = slot,
    find = nodeOf,
    learns = ['MOVED'],
    follows = ['MOVED', 'ASK'],
    most = 5,
    asking = ['ASKING'],
  } = {}) =>
  async (slots, commands, nodes) => {
    const known = new Map()
    const replies = []
    for (const command of commands) {
      const place = slotOf(command[1])
      let node = known.get(place) ?? find(slots, place)
      for (let count = 0; ; count++) {
        try {
          replies.push(await nodes.send(node, command))
          break
        } catch ({ message }) {
          const [kind, , target] = message.split(' ')
          if (!follows.includes(kind) || count === most) {
            replies.push(message)
            break
          }
          node = target
          if (learns.includes(kind)) known.set(place, target)
          if (kind === 'ASK' && asking) await nodes.send(target, asking)
        }
      }
    }
    return replies
  }

export const run = clientOf()
