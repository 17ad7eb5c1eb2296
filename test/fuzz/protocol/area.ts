import type { Area, Complaint } from '../area.js'
import { printed } from '../bytes.js'
import { generate, type Sent, simplify } from './generate.js'
import { notReplies } from './resp.js'
import { type Heard, send } from './serve.js'

type Rule = (whole: Heard, split: Heard, given: Sent) => string | undefined

/** Commands whose replies tell how much came at a time. */
const TELLS_PACKETS = /info|client|memory|slowlog|latency/i

const rules: Readonly<Record<string, Rule>> = {
  'no exception': ({ faults }, split) => [...faults, ...split.faults][0],
  'replies are RESP': ({ replies }) => notReplies(replies),
  'another client is answered': ({ pong }) =>
    /^(\+PONG|-NOAUTH .+)\r\n$/.test(pong) ? undefined : pong || 'nothing',
  'packets make no difference': (whole, split, { bytes }) => {
    if (TELLS_PACKETS.test(Buffer.from(bytes).toString('latin1'))) return
    if (whole.replies === split.replies && whole.isClosed === split.isClosed) return
    let at = 0
    while (at < whole.replies.length && whole.replies[at] === split.replies[at]) at++
    const part = ({ replies, isClosed }: Heard) =>
      JSON.stringify(replies.slice(Math.max(0, at - 20), at + 40)) + (isClosed ? ', closed' : '')
    return `${part(whole)} as one packet, ${part(split)} as several`
  },
}

function packetsOf({ bytes, cuts }: Sent): Buffer[] {
  const ends = [...new Set([...cuts, bytes.length])].sort((a, b) => a - b)
  return ends.map((end, i) => Buffer.from(bytes.subarray(ends[i - 1] ?? 0, end)))
}

/** What a server of `redis serve` answers to any bytes. */
export async function judge(given: Sent): Promise<Complaint[]> {
  const whole = await send([Buffer.from(given.bytes)])
  const split = await send(packetsOf(given))
  return Object.entries(rules).flatMap(([rule, complain]) => {
    const text = complain(whole, split, given)
    return text === undefined ? [] : [{ rule, where: nameOf(given), text }]
  })
}

/** The first command in capital letters, or what begins the bytes. */
const nameOf = ({ bytes }: Sent) =>
  /[A-Za-z]{3,}/.exec(Buffer.from(bytes).toString('latin1'))?.[0].toUpperCase().slice(0, 12) ?? ''

/** Bytes that a client sends to `redis serve`. */
export const protocol: Area<Sent> = {
  weight: 4,
  generate,
  simplify,
  run: judge,
  show: ({ bytes, cuts }) =>
    `printf %s ${printed(bytes)} | nc 127.0.0.1 6379   # packets end at ${cuts.join(' ')}`,
  // Numbers may ask for a long value, but not those of the protocol's own headers.
  asksForMuch: ({ bytes }) => /(?<![*$\d])\d{7}/.test(Buffer.from(bytes).toString('latin1')),
  nameOf,
}
