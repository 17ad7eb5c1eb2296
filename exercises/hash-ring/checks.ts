import { checkCases } from '../../src/grading/cases.js'
import { many } from '../../src/grading/draw.js'
import type { Check } from '../../src/grading/exercise.js'
import { drawChange, drawRolling, moving, rollingOut } from './changes.js'
import { drawMinima, minimising } from './minimum.js'
import { boundaryRing, drawRing, locating } from './rings.js'

export const checks: readonly Check[] = [
  {
    id: 'locate',
    title: 'every key on the next virtual node clockwise',
    points: 4,
    run: (solution, random) =>
      checkCases(
        solution,
        many(20, () => drawRing(random)),
        locating(
          'Sort the virtual nodes by position; a key belongs to the first one greater than its own position.',
        ),
      ),
  },
  {
    id: 'boundary',
    title: 'behind the last virtual node, and exactly on one',
    points: 3,
    run: (solution, random) =>
      checkCases(
        solution,
        many(20, () => boundaryRing(random)),
        locating(
          'Behind the last virtual node comes the first again; a key that stands exactly on a virtual node belongs to the next.',
        ),
      ),
  },
  {
    id: 'weights',
    title: 'a node of twice the weight',
    points: 4,
    run: (solution, random) =>
      checkCases(
        solution,
        many(20, () => {
          const drawn = drawRing(random, [1, 2, 3, 0.5])
          return { ...drawn, vnodes: drawn.vnodes + (drawn.vnodes % 2) }
        }),
        locating('A node of weight w stands at w × vnodes places, numbered on: #v0, #v1, …'),
      ),
  },
  {
    id: 'moved',
    title: 'which keys move when nodes come and go',
    points: 3,
    run: (solution, random) =>
      checkCases(
        solution,
        many(20, () => drawChange(random)),
        moving,
      ),
  },
  {
    id: 'rolling',
    title: 'a rolling deployment, added up',
    points: 3,
    run: (solution, random) =>
      checkCases(
        solution,
        many(10, () => drawRolling(random)),
        rollingOut,
      ),
  },
  {
    id: 'minimum',
    title: 'the smallest number of virtual nodes that is enough',
    points: 3,
    run: (solution, random) => checkCases(solution, drawMinima(random), minimising),
  },
]
