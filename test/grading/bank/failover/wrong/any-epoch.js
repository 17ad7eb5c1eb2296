// slip: majority
// Counts votes of all epochs.
import { isLeader as right } from '../right/plain.js'

export * from '../right/plain.js'

const now = (vote, epoch) => vote && { ...vote, epoch }

export const isLeader = (view) =>
  right({
    ...view,
    vote: now(view.vote, view.epoch),
    sentinels: view.sentinels.map((one) => ({ ...one, vote: now(one.vote, view.epoch) })),
  })
