import { checkCases } from '../../src/grading/cases.js'
import type { Check } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import * as client from './client.js'
import type { Situation } from './cluster.js'
import { foreign, foreignSlots, plain, plainSlots, tagged, taggedSlots } from './keys.js'
import { oneCommand, oneCommandCases, transaction, transactionCases } from './together.js'

/** A check of `run`. */
const running = (
  facts: Pick<Check, 'id' | 'title' | 'points'>,
  situations: (random: Random) => readonly Situation[],
  next: string,
): Check => ({ ...facts, run: (solution, random) => client.judgeRuns(solution, situations(random), next) })

export const checks: readonly Check[] = [
  {
    id: 'crc',
    title: 'the slot of a key',
    points: 3,
    run: (solution, random) => checkCases(solution, plainSlots(random), plain),
  },
  {
    id: 'utf-8',
    title: 'keys in any script',
    points: 1,
    run: (solution, random) => checkCases(solution, foreignSlots(random), foreign),
  },
  {
    id: 'tag',
    title: 'hash tags',
    points: 3,
    run: (solution, random) => checkCases(solution, taggedSlots(random), tagged),
  },
  {
    id: 'one-command',
    title: 'one command with several keys',
    points: 2,
    run: (solution, random) => checkCases(solution, oneCommandCases(random), oneCommand),
  },
  {
    id: 'transaction',
    title: 'several commands as one transaction',
    points: 1,
    run: (solution, random) => checkCases(solution, transactionCases(random), transaction),
  },
  running(
    { id: 'direct', title: 'one request where the map is right', points: 1 },
    client.direct,
    'Find the range that holds the slot, both of its ends included, and send the command to its node, once.',
  ),
  running(
    { id: 'moved', title: 'MOVED: to the new node', points: 2 },
    client.moved,
    'The error’s third word is the node that has the slot now: send the same command there.',
  ),
  running(
    { id: 'remembered', title: 'MOVED is remembered, for that slot and this run', points: 2 },
    (random) => [...client.remembered(random), ...client.oneSlotOnly(random), ...client.forgotten(random)],
    'After MOVED put the new node into your map, at this one slot: the next command for the slot goes there at once.',
  ),
  running(
    { id: 'ask', title: 'ASK: ASKING and the command to the other node', points: 2 },
    client.asked,
    'The node that ASK names serves the slot only right after ASKING.',
  ),
  running(
    { id: 'ask-once', title: 'ASK is for one command', points: 1 },
    client.askedOnce,
    'After ASK leave your map as it is: other keys of the slot are still on the old node.',
  ),
  running(
    { id: 'chain', title: 'redirections in a row, up to five', points: 1 },
    client.chained,
    'Treat the answer to a redirected command as the first one, and count: five redirections, then the text of the error is the reply.',
  ),
  running(
    { id: 'errors', title: 'other errors are replies', points: 1 },
    client.failing,
    'Only MOVED and ASK say where to go: any other error’s text goes into the list of replies.',
  ),
]
