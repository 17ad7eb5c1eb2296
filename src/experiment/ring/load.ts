import { breathe } from '../../parallel/breathe.js'
import { type LoadWorkload, loadOf } from '../../workload/eighty-twenty.js'

/** The workload and the number of its requests to send. */
export interface Requests {
  readonly workload: LoadWorkload
  readonly count: number
}

/**
 * Sends requests to keys whose owners are given, and counts them by node. O(keys + requests); nothing is
 * allocated a request.
 */
export async function simulateLoad(
  owners: Uint32Array,
  nodes: number,
  requests: Requests,
  seed: number,
): Promise<Uint32Array> {
  const keys = owners.length
  const workload = loadOf({ workload: requests.workload, keys, seed })
  const received = new Uint32Array(nodes)
  const chunk = new Uint32Array(Math.min(requests.count, 1 << 15))
  for (let done = 0; done < requests.count; done += chunk.length) {
    const batch = chunk.subarray(0, Math.min(chunk.length, requests.count - done))
    workload.next(batch)
    for (let i = 0; i < batch.length; i++) received[owners[batch[i]]]++
    await breathe()
  }
  return received
}
