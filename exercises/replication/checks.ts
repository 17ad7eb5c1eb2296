import type { Check } from '../../src/grading/exercise.js'
import { nothingIsKept } from './keeping.js'
import { downToTheLastCopy, fallBackToTheReplica, oneHop } from './reading.js'
import { hangingNodes, theClustersTimeout } from './waiting.js'
import { copiesAreWhereTheyBelong, eachOwnerOnce, writesGoOn } from './writing.js'

export const checks: readonly Check[] = [
  {
    id: 'copies',
    title: 'copies on the nodes of the ring, clockwise',
    points: 3,
    run: copiesAreWhereTheyBelong,
  },
  {
    id: 'each-once',
    title: 'as many different nodes as replicas, each once',
    points: 2,
    run: eachOwnerOnce,
  },
  { id: 'writes', title: 'writes go on while owners are down', points: 2, run: writesGoOn },
  { id: 'one-hop', title: 'one hop to the primary, whatever it answers', points: 3, run: oneHop },
  {
    id: 'fallback',
    title: 'a dead primary: the replica answers, one hop further',
    points: 2,
    run: fallBackToTheReplica,
  },
  {
    id: 'last-copy',
    title: 'several dead: down to the last copy, and an error without one',
    points: 2,
    run: downToTheLastCopy,
  },
  { id: 'hanging', title: 'a node that hangs', points: 2, run: hangingNodes },
  { id: 'timeout', title: 'the timeout of the cluster', points: 2, run: theClustersTimeout },
  { id: 'kept', title: 'nothing kept from one call to the next', points: 2, run: nothingIsKept },
]
