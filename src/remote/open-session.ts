import type { Address } from './address.js'
import { RemoteSession } from './session.js'

/** Connects with several servers, or with the cluster that the only address is a node of. Throws InputError. */
export async function openSession(
  addresses: readonly Address[],
  env: NodeJS.ProcessEnv,
): Promise<RemoteSession> {
  const [address] = addresses
  if (addresses.length === 1 && address.protocol !== 'memcached') {
    const { ClusterSession } = await import('./cluster-session.js')
    const cluster = await ClusterSession.ofCluster(address, env)
    if (cluster) return cluster
  }
  return RemoteSession.open(addresses, env)
}
