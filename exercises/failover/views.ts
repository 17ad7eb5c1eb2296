import { many } from '../../src/grading/draw.js'
import type { Random } from '../../src/random/random.js'
import { FRESH_MS, mostApartMs, type Replica, type Report, type View, type Vote } from './model.js'

/** A view without replicas, in which the master is up and nobody says otherwise. */
export function drawView(random: Random, others: number, change: Partial<View> = {}): View {
  const first = 1 + random.below(others + 1)
  const names = Array.from({ length: others + 1 }, (_, i) => `s${1 + ((first + i) % (others + 1))}`)
  const [me, ...rest] = names
  return {
    me,
    quorum: 2,
    downAfterMs: 500 * (2 + random.below(40)),
    epoch: 1 + random.below(50),
    vote: null,
    master: { silentMs: random.below(500) },
    sentinels: rest.map((name) => drawReport(name, random)),
    replicas: [],
    ...change,
  }
}

const drawReport = (name: string, random: Random): Report => ({
  name,
  reportAgeMs: random.below(2000),
  saysDown: false,
  vote: null,
})

/** Times around a limit: right at it, and anything within or beyond. */
export function around(limit: number, random: Random): { within: number[]; beyond: number[] } {
  const off = 1 + random.below(Math.max(1, limit >> 1))
  return { within: [limit, limit - off], beyond: [limit + 1, limit + off + 1] }
}

/** The same view with a master that has been silent for too long. */
export const withDownMaster = (view: View, random: Random): View => ({
  ...view,
  master: { silentMs: view.downAfterMs + 1 + random.below(3 * view.downAfterMs) },
})

/** The same view, in which so many of the other sentinels, any of them, have something to report. */
export function reporting(view: View, count: number, report: Partial<Report>, random: Random): View {
  const chosen = new Set<number>()
  while (chosen.size < Math.min(count, view.sentinels.length)) chosen.add(random.below(view.sentinels.length))
  return {
    ...view,
    sentinels: view.sentinels.map((one, i) => (chosen.has(i) ? { ...one, ...report } : one)),
  }
}

export const voteFor = (leader: string, epoch: number): Vote => ({ leader, epoch })

const HEX = '0123456789abcdef'

export const drawRunId = (random: Random) => many(8, () => HEX[random.below(16)]).join('')

/** A replica that may be promoted. */
export const drawReplica = (
  name: string,
  view: View,
  random: Random,
  change: Partial<Replica> = {},
): Replica => ({
  name,
  silentMs: random.below(Math.min(FRESH_MS, view.downAfterMs) + 1),
  infoAgeMs: random.below(FRESH_MS + 1),
  linkDownMs: random.below(mostApartMs(view) + 1),
  priority: 100,
  offset: 1000 + random.below(1_000_000),
  runId: drawRunId(random),
  ...change,
})

/** Simpler views: fewer sentinels, fewer replicas, and replicas with plain numbers. */
export function simpler(view: View): View[] {
  const without = <T>(items: readonly T[], i: number) => items.filter((_, at) => at !== i)
  const plain: Partial<Replica> = { silentMs: 0, infoAgeMs: 0, linkDownMs: 0, priority: 100, offset: 1000 }
  return [
    ...view.replicas.map((_, i) => ({ ...view, replicas: without(view.replicas, i) })),
    ...view.sentinels.map((_, i) => ({ ...view, sentinels: without(view.sentinels, i) })),
    ...Object.entries(plain).flatMap(([field, value]) =>
      view.replicas.map((replica, i) => ({
        ...view,
        replicas: view.replicas.map((one, at) => (at === i ? { ...replica, [field]: value } : one)),
      })),
    ),
  ].filter((other) => JSON.stringify(other) !== JSON.stringify(view))
}

const voteWords = (one: Vote | null) =>
  one ? `voted for ${one.leader} in epoch ${one.epoch}` : 'has not voted'

/** A view as one would tell it, with what matters for its functions. */
export function words(view: View, about: 'master' | 'votes' | 'replicas'): string {
  const { me, quorum, downAfterMs, epoch, master, sentinels, replicas } = view
  if (about === 'votes') {
    const others = sentinels.map((one) => `${one.name} ${voteWords(one.vote)} (${one.reportAgeMs} ms ago)`)
    return [`${me} in epoch ${epoch}, quorum ${quorum}, itself ${voteWords(view.vote)}`, ...others].join('; ')
  }
  const silence = `downAfterMs ${downAfterMs}, the master silent for ${master.silentMs} ms`
  if (about === 'master') {
    const others = sentinels.map(
      (one) => `${one.name} says ${one.saysDown ? 'down' : 'up'} (${one.reportAgeMs} ms ago)`,
    )
    return [`quorum ${quorum}, ${silence}`, ...others].join('; ')
  }
  return [silence, ...(replicas.length > 0 ? replicas.map(replicaWords) : ['no replicas'])].join('; ')
}

const replicaWords = ({ name, silentMs, infoAgeMs, linkDownMs, priority, offset, runId }: Replica) =>
  `${name} (silent ${silentMs}, INFO ${infoAgeMs} ago, link down ${linkDownMs}, priority ${priority}, offset ${offset}, ${runId})`
