import { SLOTS } from '../../placement/index.js'
import { crcOf, hashedPart, slotOfText } from '../../redis-deployment/cluster/routing.js'
import { reportOf } from '../../report/build.js'
import { formatCount } from '../../report/format.js'
import type { Finding, Report } from '../../report/index.js'
import { clusterNames, planOf } from './setup.js'

/** The lesson’s drawing of a slot. */
const LESSON = { key: 'user:123', slot: 12345 }

/** Slot and node of each of some keys, and how they come about. */
export function keySlots(keys: readonly string[], masters: number): Report {
  const size = { masters, replicas: 0, empty: 0, clients: 0 }
  const names = clusterNames(size)
  const { slots } = planOf(size)
  const rows = keys.map((key) => {
    const slot = slotOfText(key)
    const hashed = hashedPart(key)
    return {
      key,
      hashed,
      tag: hashed === key ? null : hashed,
      crc16: crcOf(hashed),
      slot,
      node: names[slots.find(({ from, to }) => slot >= from && slot <= to)!.owner],
    }
  })
  return reportOf('cluster slot', {
    title: `Slots of ${formatCount(keys.length)} ${keys.length === 1 ? 'key' : 'keys'} in a cluster of ${masters} masters`,
    parameters: { masters },
    tables: {
      slots: {
        title: 'CRC16 of the key, or of its hash tag, modulo 16384',
        columns: {
          key: 'key',
          tag: 'hash tag',
          crc16: ['CRC16', 'count'],
          slot: ['slot', 'count'],
          node: 'node',
        },
        rows,
      },
    },
    findings: [
      ...[...new Map(rows.map((row) => [row.hashed, row])).values()].slice(0, 3).map(
        ({ hashed, crc16, slot }): Finding => ({
          id: 'sum',
          text: `CRC16("${hashed}") = ${crc16}; ${crc16} modulo ${SLOTS} = ${slot}.`,
          measured: slot,
        }),
      ),
      ...together(rows),
      ...tagFindings(keys),
      ...(keys.includes(LESSON.key)
        ? [
            {
              id: 'lesson',
              text: `The lesson draws ${LESSON.key} in slot ${LESSON.slot}: an illustration. It really is ${slotOfText(LESSON.key)}, as a server says too: CLUSTER KEYSLOT ${LESSON.key}.`,
              measured: slotOfText(LESSON.key),
            },
          ]
        : []),
    ],
  })
}

function together(rows: readonly { readonly slot: number }[]): Finding[] {
  if (rows.length < 2) return []
  const slots = new Set(rows.map(({ slot }) => slot)).size
  return [
    {
      id: 'together',
      text:
        slots === 1
          ? 'All are in one slot: commands with several of these keys work (MGET, SINTER, MULTI).'
          : `They are in ${formatCount(slots)} slots: a command with several of them answers CROSSSLOT. A hash tag keeps keys together: {user:123}:cart, {user:123}:orders.`,
      measured: slots,
    },
  ]
}

/** Braces that are no tag. */
function tagFindings(keys: readonly string[]): Finding[] {
  return keys
    .filter((key) => key.includes('{') && hashedPart(key) === key)
    .slice(0, 3)
    .map((key) => ({
      id: 'no-tag',
      text: `"${key}" has no tag: a tag is what stands between the first { and the next }, unless that is nothing. All of it is hashed.`,
    }))
}
