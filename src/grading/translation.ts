import type { Lab } from './lab.js'
import { type Limits, SolutionProcess } from './process.js'
import { Sandbox } from './sandbox.js'

/**
 * Translates a lab's TypeScript once for all checks, in a sandbox, as it isn't trusted either; it is not run. Gives
 * what the hosts read it from, or nothing, and then each translates for itself.
 */
export async function translateLab(
  lab: Lab,
  limits: Limits,
  hidden?: readonly string[],
): Promise<string | undefined> {
  const needsIt = [...lab.entries.values()].some(({ file, command }) => !command && /\.[cm]?ts$/.test(file))
  if (!needsIt) return undefined
  const sandbox = new Sandbox(lab, undefined, hidden)
  let text: string | undefined
  await new Promise<void>((resolve) => {
    const process = new SolutionProcess(
      sandbox.start(),
      limits,
      (line) => {
        text = line
      },
      () => resolve(),
    )
    setTimeout(() => process.end(), limits.time).unref()
  })
  sandbox.remove()
  return text
}
