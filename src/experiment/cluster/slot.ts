import { SLOTS } from '../../placement/index.js'
import { crcOf, hashedPart, slotOfText } from '../../redis-deployment/cluster/routing.js'
import { reportOf } from '../../report/build.js'
import { countOf, formatCount } from '../../report/format.js'
import type { Finding, Report } from '../../report/index.js'
import { clusterNames, planOf } from './setup.js'

/** The slot of a key in the lesson's figure. */
const LESSON = { key: 'user:123', slot: 12345 }

/** Slot and node of each key, with the steps of the computation. */
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
    title: `Slots of ${countOf(keys.length, 'key')} in a cluster of ${countOf(masters, 'master')}`,
    parameters: { masters },
    tables: {
      slots: {
        title: 'CRC16 of the key, or of its hash tag, modulo 16,384',
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
          text: `CRC16("${hashed}") = ${crc16}; ${crc16} modulo ${formatCount(SLOTS)} = ${slot}.`,
          measured: slot,
        }),
      ),
      ...together(rows),
      ...tagFindings(keys),
      ...(keys.includes(LESSON.key)
        ? [
            {
              id: 'lesson',
              text: `The lesson draws ${LESSON.key} in slot ${LESSON.slot} as an illustration. The real slot is ${slotOfText(LESSON.key)}, which CLUSTER KEYSLOT ${LESSON.key} confirms on a server.`,
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
          ? 'All keys are in one slot: commands with several of them work (MGET, SINTER, MULTI).'
          : `The keys are in ${countOf(slots, 'slot')}: a command with keys of different slots gets CROSSSLOT. A hash tag puts keys in one slot: {user:123}:cart, {user:123}:orders.`,
      measured: slots,
    },
  ]
}

/** Keys with braces that are not a hash tag. */
function tagFindings(keys: readonly string[]): Finding[] {
  return keys
    .filter((key) => key.includes('{') && hashedPart(key) === key)
    .slice(0, 3)
    .map((key) => ({
      id: 'no-tag',
      text: `"${key}" has no hash tag: a tag is the text between the first { and the next }, if it is not empty. The whole key is hashed.`,
    }))
}
