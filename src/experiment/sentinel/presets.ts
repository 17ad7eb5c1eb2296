import type { Fault } from '../../simulation/faults.js'
import { type SentinelSetup, sentinelDefaults } from './history.js'

type Changes = Partial<SentinelSetup>

/** A case in which sentinels do something other than one might think. */
export interface Preset {
  readonly title: string
  /** What to look for, before the run. */
  readonly question: string
  readonly setup: Changes
  /** The same with something changed, for the table at the end. */
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
      'The old master is behind a partition with a sentinel and a client. The others elect a new one. What becomes of what the old one acknowledges?',
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
      'A master can’t know that it has been replaced. Until the partition ends it goes on acknowledging, and all of that is lost when it becomes a replica. With min-replicas-to-write it stops once its replicas have been silent for max-lag: that bounds the loss, and costs writes that would have been safe.',
  },
  'no-majority': {
    title: 'No majority: too few sentinels are left',
    question:
      'Two of three sentinels are down when the master dies. One is left, and sees it. What can it do?',
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
      'With quorum 2 a lone sentinel stays at +sdown: nobody confirms what it sees. Three sentinels survive the loss of one, five that of two: put them where they don’t fail together.',
  },
  'quorum-1': {
    title: 'Quorum 1: the quorum does not elect',
    question:
      'Quorum 1 lets a single sentinel say that the master is down. Two of three are dead. Does it fail over?',
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
      'The quorum is for +odown only. To lead a failover takes the votes of a majority of all sentinels, whatever the quorum: alone it votes for itself, waits ten seconds, gives up with -failover-abort-not-elected, and begins again.',
  },
  'two-sentinels': {
    title: 'Two sentinels: no better than one',
    question:
      'One of two sentinels runs on the master’s machine. The machine dies. What does the other one do?',
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
      'A majority of two is two: when either is gone nobody can be elected. So two sentinels are never enough, and the third should not share a machine with the master.',
  },
  'stale-replica': {
    title: 'A stale replica is promoted',
    question:
      'replica-1 was cut off for three seconds when the master dies; replica-2 has everything, but priority 0. Who becomes master, and what is lost?',
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
      'Priority goes before offset, and 0 means never. Among equals the one with the largest offset is chosen, and nothing is lost but what was on its way. A priority is a wish about machines; it is paid for in data.',
  },
} satisfies Record<string, Preset>

export type PresetName = keyof typeof kinds
export const presets: Readonly<Record<PresetName, Preset>> = kinds
export const presetNames = Object.keys(kinds) as PresetName[]

/** What a preset runs, with a seed. */
export function setupOf(preset: Preset, seed: number, changes: Changes = {}): SentinelSetup {
  return { ...sentinelDefaults, ...preset.setup, ...changes, seed }
}
