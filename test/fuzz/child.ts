import { readFileSync } from 'node:fs'
import { areas } from './area.js'
import { type Answer, MAX_MEMORY_MB, type Order } from './pool.js'

/** A process that runs cases, one after the other, and answers what it found in each. */
const loaded = new Map<string, Awaited<ReturnType<(typeof areas)[string]>>>()

/**
 * The most memory that this process has had. What resourceUsage() says is at least what its parent had, which Linux
 * hands on to the program of a child (getrusage(2)): a parent of half the limit would make each process spent at once.
 */
function peakMb(): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))![1]) / 1024
  } catch {
    return process.resourceUsage().maxRSS / 1024
  }
}

process.on('message', async ({ area, given }: Order) => {
  if (!loaded.has(area)) loaded.set(area, await areas[area]())
  const before = peakMb()
  const begun = process.cpuUsage()
  const complaints = await loaded.get(area)!.run(given)
  const { user, system } = process.cpuUsage(begun)
  const mb = peakMb()
  process.send!({
    complaints,
    cpuMs: (user + system) / 1000,
    mb: mb > MAX_MEMORY_MB && mb > before ? Math.round(mb) : 0,
    isSpent: mb > MAX_MEMORY_MB / 2,
  } satisfies Answer)
})
process.on('disconnect', () => process.exit())
