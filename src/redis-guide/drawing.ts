import { formatDouble } from '../redis/numbers.js'
import { toText } from '../redis/reply.js'
import { quoted } from '../redis/split.js'
import { QuickList } from '../redis/values/quick-list.js'
import { SortedSet } from '../redis/values/sorted-set.js'
import { formatId, MAX_ID, Stream } from '../redis/values/stream.js'
import { encodingOf, Hash, Members, typeOf, type Value } from '../redis/values/value.js'

const MAX_SHOWN = 8
const NAMES = {
  string: 'string',
  hash: 'hash',
  list: 'list',
  set: 'set',
  zset: 'sorted set',
  stream: 'stream',
} as const

/** A small drawing of a key's value, in the lesson's style, with at most eight items. */
export function draw(key: string, value: Value | undefined): string[] {
  if (value === undefined) return [`${toText(key)}   (not there)`]
  const size = sizeOf(value)
  const title = `${toText(key)}   (${NAMES[typeOf(value)]}, ${encodingOf(value)}${size === undefined ? '' : `, ${size}`})`
  return [title, ...items(value).map((line) => `  ${line}`)]
}

function sizeOf(value: Value): string | undefined {
  const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`
  if (value instanceof Hash) return counted(value.size, 'field')
  if (value instanceof QuickList) return counted(value.length, 'item')
  if (value instanceof Members || value instanceof SortedSet) return counted(value.size, 'member')
  if (value instanceof Stream) return value.length === 1 ? '1 entry' : `${value.length} entries`
  return undefined
}

function items(value: Value): string[] {
  if (value instanceof Hash) return tree(value)
  if (value instanceof QuickList) {
    const shown = value.slice(0, Math.min(MAX_SHOWN, value.length)).map((item) => `[${bare(item)}]`)
    return [`${shown.join(' ←→ ')}${value.length > MAX_SHOWN ? ' ←→ …' : ''}`]
  }
  if (value instanceof Members) {
    const shown = value.inOrder().slice(0, MAX_SHOWN).map(quoted)
    return [`{ ${shown.join(', ')}${value.size > MAX_SHOWN ? ', …' : ''} }`]
  }
  if (value instanceof SortedSet) {
    const rows = value.range(0, MAX_SHOWN).map(({ member, score }) => [formatDouble(score), bare(member)])
    const width = Math.max(...rows.map(([score]) => score.length))
    return [...rows.map(([score, member]) => `${score.padStart(width)}  ${member}`), ...more(value.size)]
  }
  if (value instanceof Stream) {
    const rows = value.range(0n, MAX_ID, MAX_SHOWN)
    return [
      ...rows.map(({ id, fields }) => `${formatId(id)}  ${fields.map(bare).join(' ')}`),
      ...more(value.length),
    ]
  }
  return [quoted(value.toString().slice(0, 200))]
}

function tree(hash: Hash): string[] {
  const last = Math.min(hash.size, MAX_SHOWN) - 1
  const rows = hash.names
    .slice(0, MAX_SHOWN)
    .map(
      (name, i) =>
        `${i === last && hash.size <= MAX_SHOWN ? '└──' : '├──'} ${bare(name)}: ${quoted(hash.values[i])}`,
    )
  return [...rows, ...more(hash.size)]
}

const more = (size: number) => (size > MAX_SHOWN ? [`… and ${size - MAX_SHOWN} more`] : [])

const bare = (text: string) => (/^[\w:.-]+$/.test(text) ? text : quoted(text))
