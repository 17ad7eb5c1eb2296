import { areas } from './area.js'
import { type Answer, MAX_MEMORY_MB, type Order } from './pool.js'

/** A process that runs cases, one after the other, and answers what it found in each. */
const loaded = new Map<string, Awaited<ReturnType<(typeof areas)[string]>>>()

process.on('message', async ({ area, given }: Order) => {
  if (!loaded.has(area)) loaded.set(area, await areas[area]())
  const before = process.resourceUsage().maxRSS
  const begun = process.cpuUsage()
  const complaints = await loaded.get(area)!.run(given)
  const { user, system } = process.cpuUsage(begun)
  const mb = process.resourceUsage().maxRSS / 1024
  const grew = mb > MAX_MEMORY_MB && process.resourceUsage().maxRSS > before
  process.send!({
    complaints,
    cpuMs: (user + system) / 1000,
    mb: grew ? Math.round(mb) : 0,
    isSpent: mb > MAX_MEMORY_MB / 2,
  } satisfies Answer)
})
process.on('disconnect', () => process.exit())
