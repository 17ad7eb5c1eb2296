import { describe, expect, test } from 'vitest'
import { ClusterAudit, invariantIds } from '../../../src/experiment/cluster/audit.js'
import type { Cluster, ClusterParts } from '../../../src/experiment/cluster/build.js'
import { clusterHistoryNow } from '../../../src/experiment/cluster/history.js'
import { type ClusterSetup, clusterDefaults } from '../../../src/experiment/cluster/setup.js'
import { violationFinding } from '../../../src/experiment/cluster/verify.js'
import {
  type Counterexample,
  noCounts,
  shrinkViolation,
  verifyOne,
  verifySchedules,
} from '../../../src/experiment/cluster/verify-run.js'
import {
  ClusterClient,
  NoAnswer,
  type Redirection,
  type Sent,
} from '../../../src/redis-deployment/cluster/client.js'
import { Election } from '../../../src/redis-deployment/cluster/election.js'
import type { Argv } from '../../../src/redis-deployment/messages/protocol.js'
import type { Task } from '../../../src/simulation/task.js'
import { byLayer, isThorough, testOnce } from '../../layer.js'

/** Votes for everybody who asks, as often as they ask. */
class LavishElection extends Election {
  protected override mayVote(): boolean {
    return this.member.isMaster
  }
}
/** A replica that is promoted with no vote. */
class UnelectedElection extends Election {
  protected override hasWon(): boolean {
    return true
  }
}
/** Takes one vote for a majority, as if it were a sentinel's quorum of one. */
class QuorumElection extends Election {
  protected override hasWon(): boolean {
    return this.votes >= 1
  }
}
/** Takes ASK for MOVED. */
class MovingClient extends ClusterClient {
  protected override redirected(to: Redirection): Redirection['kind'] {
    return super.redirected({ ...to, kind: 'MOVED' })
  }
}
/** Takes silence for OK. */
class TrustingClient extends ClusterClient {
  override *run(words: Argv): Task<Sent> {
    const sent = yield* super.run(words)
    return sent instanceof NoAnswer ? ['OK'] : sent
  }
}

describe('invariants', () => {
  const setup: ClusterSetup = { ...clusterDefaults, rate: 50, duration: 8000, tags: 8 }

  test('hold under random faults', () => {
    const counts = verifySchedules({ setup, first: 5000, count: byLayer(3, 15) })
    expect(counts.broken).toEqual(Object.fromEntries(invariantIds.map((id) => [id, 0])))
    expect(counts.failovers).toBeGreaterThan(byLayer(0, 2))
    expect(counts.slotsMoved).toBeGreaterThan(byLayer(20, 150))
    expect(Object.values(counts.losses).reduce((a, b) => a + b)).toBeGreaterThan(0)
  })

  /** The finding of an invariant that three schedules broke. */
  const findingOf = (
    broken: ClusterSetup,
    invariant: (typeof invariantIds)[number],
    example: Counterexample,
    least = example,
  ) =>
    violationFinding({ setup: broken, invariant, example }, least, {
      ...noCounts(),
      broken: { ...noCounts().broken, [invariant]: 3 },
    })

  type Mutant = [string, ClusterParts, (typeof invariantIds)[number], Partial<ClusterSetup>]
  const mutants: Mutant[] = [
    [
      'a master that votes twice an epoch',
      { ElectionType: LavishElection },
      'election',
      { replicas: 2, hop: 200, timeout: 2000 },
    ],
    ['a replica that is promoted with no vote', { ElectionType: UnelectedElection }, 'election', {}],
    ['one vote taken for a majority', { ElectionType: QuorumElection }, 'election', {}],
    ['ASK taken for MOVED', { ClientType: MovingClient }, 'calm', {}],
    ['silence taken for OK', { ClientType: TrustingClient }, 'losses', {}],
  ]

  test.each(byLayer([mutants[3]], mutants))('catch %s', (_, parts, invariant, changes) => {
    const mutated = { ...setup, ...changes }
    expect(verifySchedules({ setup: mutated, first: 1, count: byLayer(2, 10) }).broken[invariant]).toBe(0)
    // Until the first schedule that shows it.
    let found: ReturnType<typeof verifySchedules>['first'][typeof invariant]
    for (let first = 1; !found && first <= 30; first++)
      found = verifySchedules({ setup: mutated, first, count: 1 }, parts).first[invariant]
    expect(found).toBeDefined()
    if (!found || !(isThorough || invariant === 'calm')) return
    const least = shrinkViolation({ setup: mutated, invariant, example: found }, parts)
    expect(least.faults.length).toBeLessThanOrEqual(found.faults.length)
    expect(least.faults.length).toBeLessThanOrEqual(invariant === 'calm' ? 0 : 4)
    const finding = findingOf(mutated, invariant, found, least)
    expect(finding).toMatchObject({ measured: 3, expected: 0, ok: false })
    expect(finding.command).toContain(`--seed ${least.seed} `)
  })

  /** Changes that no fault makes: what two masters think of their slots. */
  const corruptions = {
    owner: ({ nodes: [one, other] }: Cluster) => {
      other.member.me.configEpoch = one.member.me.configEpoch
      other.member.view.claims[1] = one.member.view.claims[0]
    },
    slots: ({ nodes: [one] }: Cluster) => {
      one.member.view.owners[0] = 2
    },
  }

  testOnce.each(['owner', 'slots'] as const)('catch masters that disagree: %s', (invariant) => {
    const violations = (corrupt: (cluster: Cluster) => void) => {
      const audit = new ClusterAudit(setup)
      const history = clusterHistoryNow(
        { ...setup, duration: 1000 },
        {
          keys: 10,
          parts: { NodeType: audit.NodeType },
          begin: (cluster) => {
            if (invariant === 'owner') corrupt(cluster)
            audit.watch(cluster)
          },
          end: (cluster) => {
            if (invariant === 'slots') corrupt(cluster)
          },
          done: () => {},
        },
      )
      audit.finish(history.cluster, history.lost)
      return audit.violations.filter((one) => one.invariant === invariant)
    }
    expect(violations(() => {})).toEqual([])
    const [{ text }] = violations(corruptions[invariant])
    const finding = findingOf(setup, invariant, { seed: 1, faults: [], text })
    expect(finding).toMatchObject({ measured: 3, expected: 0, ok: false })
    expect(finding.text).toContain(text)
  })

  test('each is broken by something', () => {
    const caught = [...mutants.map(([, , invariant]) => invariant), ...Object.keys(corruptions)]
    expect(new Set(caught)).toEqual(new Set(invariantIds))
  })

  test('a schedule that is over keeps nothing of what would have happened after it', () => {
    const { history } = verifyOne({ ...setup, hop: 3_600_000, duration: 1000 })
    const isNothingPlanned = history.cluster.world.clock.run(Infinity, 0)
    expect(isNothingPlanned).toBe(true)
  })

  testOnce('the same seed is the same history', () => {
    const range = { setup, first: 7, count: 2 }
    expect(verifySchedules(range)).toEqual(verifySchedules(range))
  })
})
