// fails: direct
// The end of a range isn’t in it.
import { clientOf } from '../right/plain.js'

export * from '../right/plain.js'

export const run = clientOf({
  find: (slots, place) => (slots.find(({ from, to }) => from <= place && place < to) ?? slots[0]).node,
})
