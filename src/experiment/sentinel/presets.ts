import type { Fault } from '../../simulation/faults.js'
import { type SentinelSetup, sentinelDefaults } from './history.js'

type Changes = Partial<SentinelSetup>

/** A case in which the behaviour of sentinels surprises. */
export interface Preset {
  readonly title: string
  /** Shown before the run. */
  readonly question: string
  readonly setup: Changes
  /** Changes to the setup, for the table at the end. */
  readonly variants: readonly { readonly name: string; readonly setup: Changes }[]
  readonly conclusion: string
}

/** Actors' numbers where there are two replicas and three sentinels: see `actorNames`. */
const [MASTER, REPLICA_1, REPLICA_2, SENTINEL_1, SENTINEL_2, SENTINEL_3, CLIENT_1, CLIENT_2] = [
  0, 1, 2, 3, 4, 5, 6, 7,
]

const split = (at: number): Fault => ({
  kind: 'partition',
  at,
  groups: [
    [REPLICA_1, REPLICA_2, SENTINEL_2, SENTINEL_3, CLIENT_2],
    [MASTER, SENTINEL_1, CLIENT_1],
  ],
})
const heal = (at: number): Fault => ({ kind: 'heal', at })
const kill = (node: number, at: number): Fault => ({ kind: 'kill', at, node })

const kinds = {
  'split-brain': {
    title: 'Split brain: two masters at once',
    question:
      'A partition isolates the master with one sentinel and one client. The other side elects a new master. What happens to the writes that the old master still acknowledges?',
    setup: { clients: 2, faults: [split(2000), heal(12_000)] },
    variants: [
      {
        name: 'min-replicas-to-write 1, max-lag 10s',
        setup: { minReplicasToWrite: 1 },
      },
      {
        name: 'min-replicas-to-write 1, max-lag 2s',
        setup: { minReplicasToWrite: 1, minReplicasMaxLag: 2000 },
      },
    ],
    conclusion:
      'An isolated master doesn’t know that it has been replaced. It acknowledges writes until the partition ends, and loses all of them when it becomes a replica. With min-replicas-to-write it refuses writes once its replicas have been silent for max-lag. That bounds the loss; the price is availability, as writes that would have been safe are refused too.',
  },
  'no-majority': {
    title: 'No majority: too few sentinels are up',
    question: 'Two of three sentinels are down when the master dies. What can the third one do?',
    setup: { faults: [kill(SENTINEL_2, 500), kill(SENTINEL_3, 500), kill(MASTER, 1000)] },
    variants: [
      { name: 'one of three sentinels down', setup: { faults: [kill(SENTINEL_3, 500), kill(MASTER, 1000)] } },
      {
        name: 'two of five sentinels down',
        setup: {
          sentinels: 5,
          // With five sentinels the last two are actors 6 and 7.
          faults: [kill(6, 500), kill(7, 500), kill(MASTER, 1000)],
        },
      },
    ],
    conclusion:
      'With quorum 2 a lone sentinel stays at +sdown, as no other sentinel confirms it. Three sentinels tolerate the loss of one, five the loss of two. Run them on machines that don’t fail together.',
  },
  'quorum-1': {
    title: 'Quorum 1: the quorum does not elect a leader',
    question:
      'With quorum 1 a single sentinel can declare the master down. Two of three sentinels are dead. Does the third one fail over?',
    setup: {
      quorum: 1,
      duration: 30_000,
      rate: 500,
      faults: [kill(SENTINEL_2, 500), kill(SENTINEL_3, 500), kill(MASTER, 1000)],
    },
    variants: [
      { name: 'all three sentinels alive', setup: { faults: [kill(MASTER, 1000)] } },
      {
        name: 'only sentinel-1 can’t reach the master',
        setup: {
          faults: [
            {
              kind: 'partition',
              at: 1000,
              groups: [[MASTER, REPLICA_1, REPLICA_2, SENTINEL_2, SENTINEL_3, CLIENT_1], [SENTINEL_1]],
            },
          ],
        },
      },
    ],
    conclusion:
      'The quorum decides +odown only. The leader of a failover needs the votes of a majority of all sentinels, whatever the quorum. A lone sentinel votes for itself, waits ten seconds, gives up with -failover-abort-not-elected, and tries again.',
  },
  'two-sentinels': {
    title: 'Two sentinels: no better than one',
    question:
      'One of two sentinels runs on the master’s machine. The machine dies. What does the other sentinel do?',
    setup: {
      sentinels: 2,
      quorum: 1,
      duration: 30_000,
      rate: 500,
      faults: [kill(MASTER, 1000), kill(SENTINEL_1, 1000)],
    },
    variants: [
      { name: 'only the master dies', setup: { faults: [kill(MASTER, 1000)] } },
      {
        name: 'three sentinels, one dies too',
        setup: { sentinels: 3, faults: [kill(MASTER, 1000), kill(SENTINEL_1, 1000)] },
      },
    ],
    conclusion:
      'A majority of two is two: with one sentinel down, no leader can be elected. Use at least three sentinels, on separate machines.',
  },
  'stale-replica': {
    title: 'A stale replica is promoted',
    question:
      'The master dies after replica-1 has been cut off for three seconds. replica-2 is up to date, but has priority 0. Which replica is promoted, and what is lost?',
    setup: {
      priorities: [100, 0],
      faults: [
        {
          kind: 'partition',
          at: 2000,
          groups: [[MASTER, REPLICA_2, SENTINEL_1, SENTINEL_2, SENTINEL_3, CLIENT_1], [REPLICA_1]],
        },
        kill(MASTER, 5000),
        heal(5000),
      ],
    },
    variants: [
      { name: 'equal priorities', setup: { priorities: [] } },
      { name: 'replica-1 preferred (priority 10)', setup: { priorities: [10, 100] } },
    ],
    conclusion:
      'Priority is compared before the replication offset, and a replica with priority 0 is never promoted. With equal priorities the largest offset wins, and only writes in flight are lost. Preferring a machine by its priority can cost acknowledged writes.',
  },
} satisfies Record<string, Preset>

export type PresetName = keyof typeof kinds
export const presets: Readonly<Record<PresetName, Preset>> = kinds
export const presetNames = Object.keys(kinds) as PresetName[]

/** The setup of a preset with changes and a seed. */
export function setupOf(preset: Preset, seed: number, changes: Changes = {}): SentinelSetup {
  return { ...sentinelDefaults, ...preset.setup, ...changes, seed }
}
