import { expect, test } from 'vitest'
import * as rules from '../../../../exercises/failover/model.js'
import {
  drawReplica,
  drawRunId,
  drawView,
  reporting,
  voteFor,
  withDownMaster,
} from '../../../../exercises/failover/views.js'
import { createRandom, type Random } from '../../../../src/random/random.js'
import { Failover, type FailoverHost } from '../../../../src/redis-deployment/sentinel/failover.js'
import { Instance } from '../../../../src/redis-deployment/sentinel/instance.js'
import { Sentinel } from '../../../../src/redis-deployment/sentinel/sentinel.js'

const NOW = 1_000_000
const numberOf = (name: string) => Number(name.slice(1))

/** The view as the simulated sentinel keeps it, and the events that its failover reports. */
function hostOf(view: rules.View): { host: FailoverHost; events: string[] } {
  const events: string[] = []
  const { me, quorum, downAfterMs, epoch, vote } = view
  const master = new Instance(0, 'master', NOW)
  master.downSince = NOW - (view.master.silentMs - downAfterMs)
  const replicas = view.replicas.map((one) => {
    const replica = new Instance(numberOf(one.name), 'slave', NOW)
    const { priority, offset, runId, linkDownMs } = one
    replica.isConnected = true
    replica.lastAvailable = NOW - one.silentMs
    if (one.silentMs > downAfterMs) replica.downSince = NOW
    replica.infoAt = NOW - one.infoAgeMs
    replica.info = {
      priority,
      offset,
      runId,
      linkDownFor: linkDownMs,
      isLinkUp: false,
      master: 0,
      replicas: [],
    }
    return replica
  })
  const sentinels = view.sentinels.map((one) => {
    const sentinel = new Instance(numberOf(one.name), 'sentinel', NOW)
    // The simulated sentinel drops reports that are too old when it asks anew.
    if (one.vote && one.reportAgeMs <= rules.FRESH_MS) {
      sentinel.leader = numberOf(one.vote.leader)
      sentinel.leaderEpoch = one.vote.epoch
    }
    return sentinel
  })
  const byId = (instances: Instance[]) => new Map(instances.map((one) => [one.id, one]))
  const host: FailoverHost = {
    ...{ id: numberOf(me), now: NOW, random: createRandom(1, 'host'), master, isObjectivelyDown: true },
    ...{ replicas: byId(replicas), sentinels: byId(sentinels), epoch: epoch - 1, configEpoch: 0 },
    options: { quorum, downAfter: downAfterMs, failoverTimeout: 60_000 },
    event: (name, instance) => events.push(name === '+selected-slave' ? `${name} r${instance!.id}` : name),
    voteFor: () => (vote ? { leader: numberOf(vote.leader), epoch: vote.epoch } : undefined),
    publishSoon: () => {},
    reconfigure: () => {},
    switchMaster: () => {},
  }
  return { host, events }
}

/** What the simulated failover did in its first steps. */
function played(view: rules.View): string[] {
  const { host, events } = hostOf(view)
  const failover = new Failover(host)
  failover.startIfNeeded()
  for (let i = 0; i < 2; i++) failover.step()
  return events
}

const cases = <T>(draw: (random: Random) => T) =>
  Array.from({ length: 400 }, (_, i) => draw(createRandom(i, 'failover')))

test('the exercise elects whom the simulated sentinels elect', () => {
  const views = cases((random) => {
    const others = random.below(6)
    const view = drawView(random, others, { quorum: 1 + random.below(others + 1) })
    const candidates = [view.me, 's1', 's2']
    const vote = () => voteFor(candidates[random.below(3)], view.epoch - (random.below(4) === 0 ? 1 : 0))
    return {
      ...view,
      vote: random.below(5) === 0 ? null : voteFor(view.me, view.epoch),
      sentinels: view.sentinels.map((one) => ({
        ...one,
        reportAgeMs: 4990 + random.below(15),
        vote: random.below(5) === 0 ? null : vote(),
      })),
    }
  })
  const leads = views.map((view) => rules.isLeader(view))
  expect(views.map((view) => played(view).includes('+elected-leader'))).toEqual(leads)
  expect(leads.filter(Boolean).length).toBeGreaterThan(50)
})

test('the exercise promotes whom the simulated sentinels promote', () => {
  const views = cases((random) => {
    const view = withDownMaster(
      drawView(random, 0, { downAfterMs: [1000, 5000, 30_000][random.below(3)], quorum: 1 }),
      random,
    )
    const any = () => ({
      silentMs: random.below(6) * 1001,
      infoAgeMs: random.below(6) * 1001,
      linkDownMs: rules.mostApartMs(view) - 5 + random.below(8),
      priority: [0, 9, 10, 10, 100][random.below(5)],
      offset: [900, 1000, 1000][random.below(3)],
      runId: drawRunId(random),
    })
    const replicas = Array.from({ length: random.below(6) }, (_, i) =>
      drawReplica(`r${i + 1}`, view, random, any()),
    )
    return { ...view, vote: voteFor(view.me, view.epoch), replicas }
  })
  for (const view of views) {
    const best = rules.promote(view)
    expect(played(view)).toContain(best ? `+selected-slave ${best}` : '-failover-abort-no-good-slave')
  }
  expect(new Set(views.map(rules.promote)).size).toBeGreaterThan(4)
})

/** A sentinel of the simulation that sends nothing. */
function sentinelOf(view: rules.View): Sentinel {
  const clock = { now: NOW, after: () => {} }
  const around = { id: numberOf(view.me), seed: 1, clock, peers: { send: () => {} } }
  const options = { quorum: view.quorum, downAfter: view.downAfterMs, failoverTimeout: 60_000 }
  const watched = { master: 0, replicas: [], sentinels: view.sentinels.map(({ name }) => numberOf(name)) }
  return new Sentinel(around as never, options, watched, () => {}, String)
}

test('the exercise votes as the simulated sentinels do', () => {
  for (const random of cases((one) => one)) {
    const sentinel = sentinelOf(drawView(random, 2))
    let ballot: rules.Ballot = { epoch: 0, vote: null }
    for (let i = 0; i < 12; i++) {
      const request = { candidate: `s${1 + random.below(3)}`, epoch: 1 + random.below(6) }
      const vote = sentinel.voteFor(numberOf(request.candidate), request.epoch)
      ballot = rules.vote(ballot, request)
      expect({ epoch: sentinel.epoch, vote }).toEqual({
        epoch: ballot.epoch,
        vote: ballot.vote ? { leader: numberOf(ballot.vote.leader), epoch: ballot.vote.epoch } : undefined,
      })
    }
  }
})

test('the exercise sees the master as the simulated sentinels do', () => {
  const states = cases((random) => {
    const others = random.below(5)
    const view = drawView(random, others, { quorum: 1 + random.below(others + 1) })
    const silent = { ...view, master: { silentMs: view.downAfterMs + random.below(3) } }
    const told = reporting(silent, random.below(others + 1), { saysDown: true }, random)
    const sentinel = sentinelOf(told)
    sentinel.master.unansweredSince = NOW - told.master.silentMs
    for (const { name, saysDown } of told.sentinels)
      sentinel.sentinels.get(numberOf(name))!.saysDown = saysDown
    // One run of its timer.
    const { tick } = sentinel as unknown as { tick(): void }
    tick.call(sentinel)
    const state = sentinel.isObjectivelyDown ? 'odown' : sentinel.master.isDown ? 'sdown' : 'up'
    expect(state).toBe(rules.stateOf(told))
    return state
  })
  expect(new Set(states).size).toBe(3)
})
