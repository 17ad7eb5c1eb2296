import { owners } from './plain.js'

// The timeout of the call, and a clock besides, that is put away.
async function within(cluster, ask) {
  let clock
  const late = new Promise((_, reject) => {
    clock = setTimeout(() => reject(new Error('late')), cluster.timeout)
  })
  try {
    return await Promise.race([ask, late])
  } finally {
    clearTimeout(clock)
  }
}

export async function write(cluster, key, value, nodes) {
  const done = await Promise.all(
    owners(cluster, key).map((owner) =>
      within(cluster, nodes.set(owner, key, value, cluster.timeout)).then(
        () => true,
        () => false,
      ),
    ),
  )
  return done.filter(Boolean).length
}

export async function read(cluster, key, nodes) {
  const left = owners(cluster, key)
  for (;;) {
    const owner = left.shift()
    if (owner === undefined) throw 'nobody answers'
    try {
      return await within(cluster, nodes.get(owner, key, cluster.timeout))
    } catch {}
  }
}
