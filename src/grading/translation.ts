import type { Lab } from './lab.js'
import { type Limits, SolutionProcess } from './process.js'
import type { Sandbox } from './sandbox.js'
import { TimeBudget } from './time-budget.js'

/**
 * Translates a lab's TypeScript once for all checks, in its sandbox, as it isn't trusted either; it is not run. Where
 * that fails each host translates for itself.
 */
export async function translateLab(lab: Lab, sandbox: Sandbox, limits: Limits): Promise<void> {
  const needsIt = [...lab.entries.values()].some(({ file, command }) => !command && /\.[cm]?ts$/.test(file))
  if (!needsIt) return
  const budget = new TimeBudget(limits.time)
  const heard = (line: string) => {
    sandbox.translation = line
  }
  await new Promise<void>((resolve) => {
    new SolutionProcess(
      sandbox.start(),
      limits,
      budget,
      () => true,
      heard,
      () => resolve(),
    )
  })
}
