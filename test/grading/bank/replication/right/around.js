import { owners as plain } from './plain.js'

/** A client around any idea of which nodes own a key. */
export const clientOf = (owners) => ({
  async write(cluster, key, value, nodes) {
    const sets = owners(cluster, key).map((owner) => nodes.set(owner, key, value, cluster.timeout))
    const results = await Promise.allSettled(sets)
    return results.filter(({ status }) => status === 'fulfilled').length
  },
  async read(cluster, key, nodes) {
    for (const owner of owners(cluster, key)) {
      const answer = await nodes.get(owner, key, cluster.timeout).then(
        (value) => [value],
        () => [],
      )
      if (answer.length > 0) return answer[0]
    }
    throw new Error(`nobody has ${key}`)
  },
})

// Found as the default export.
export default clientOf(plain)
