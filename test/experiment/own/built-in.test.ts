import { expect, test } from 'vitest'
import { kinds } from '../../../src/experiment/own/index.js'
import { ownKinds } from '../../../src/own/index.js'
import type { Report } from '../../../src/report/index.js'
import { byLayer } from '../../layer.js'

const all = ownKinds.flatMap((kind) => kinds[kind].names.map((name) => [kind, name] as const))
const trial = { time: false, consistent: false }

const failedIn = ({ findings }: Report) =>
  findings.flatMap(({ id, ok }) => (ok === false && id !== 'checks' ? [id] : []))

/** What ours fail, as their descriptions say. */
const known: Readonly<Record<string, string[]>> = {
  // A bound that no cache reaches: it holds more than the capacity now and then.
  'opt-size': ['capacity', 'optimum', 'bytes'],
  // These number their nodes by the list of nodes.
  jump: ['order'],
  haproxy: ['order'],
  slots: ['order'],
}

/** Those that take seconds to make. */
const slow = ['lhd', 'maglev', 'envoy']
const quick = all.filter(([, name]) => !slow.includes(name))

// The checks are right if all of ours pass them.
test.each(byLayer(quick, all))('the %s %s passes every check, and is like itself', (kind, name) => {
  expect(failedIn(kinds[kind].conform(name, { ...trial, like: name }))).toEqual(known[name] ?? [])
})

test.each([
  ['ring', []],
  ['rendezvous', []],
  ['modulo', ['grow', 'leave']],
])('a change of nodes, with %s', (name, failed) => {
  expect(failedIn(kinds.placement.conform(name, { ...trial, consistent: true }))).toEqual(failed)
})
