import { nodeIndices } from '../../experiment/eviction/distributed.js'
import { hashFunctions } from '../../hashing/index.js'
import { keyPositions, numberedKeys } from '../../keys/index.js'
import { createPlacement, keyHash, type PlacementName } from '../../placement/index.js'
import { slotHash } from '../../placement/slots.js'
import { countOf } from '../../report/format.js'
import type { ClusterSession } from '../cluster-session.js'

/** Requests with the same owners of keys: those from … to − 1. */
interface Phase {
  readonly phase: string
  readonly from: number
  readonly to: number
  /** Each key's owner, as an index of the nodes. */
  readonly owners: ArrayLike<number>
}

/** Owners by the cluster's slots, which no node joins. */
export async function clusterPhases(cluster: ClusterSession, to: number, keyCount: number): Promise<Phase[]> {
  const [slots] = await keyPositions(numberedKeys(keyCount), [slotHash.hash])
  cluster.place(slots)
  return [{ phase: 'all nodes', from: 0, to, owners: slots.map((slot) => cluster.map.owners[slot]) }]
}

/** Owners before the last of the nodes joins, at the request `middle`, and after. */
export async function joiningPhases(
  { nodes, placement: name }: { readonly nodes: readonly string[]; readonly placement: PlacementName },
  middle: number,
  to: number,
  keyCount: number,
): Promise<Phase[]> {
  const joining = nodes.length - 1
  const placement = createPlacement(name, nodes.slice(0, joining), {
    vnodes: 150,
    hash: hashFunctions.md5,
    seed: undefined,
    keys: keyCount,
    loadFactor: 1.25,
  })
  const { hash } = keyHash(name, hashFunctions.md5, [nodes.length - 1, nodes.length])
  const [positions] = await keyPositions(numberedKeys(keyCount), [hash])
  const before = await nodeIndices(placement, nodes, positions)
  placement.add(nodes[joining])
  const after = await nodeIndices(placement, nodes, positions)
  return [
    { phase: countOf(joining, 'node'), from: 0, to: middle, owners: before },
    { phase: `${nodes[joining]} joined`, from: middle, to, owners: after },
  ]
}
