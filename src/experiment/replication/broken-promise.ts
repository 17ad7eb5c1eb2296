import type { FlawFound } from '../../cache-cluster/audit.js'
import type { ClusterPromise } from '../../cache-cluster/promises.js'
import { formatCount, formatNumber } from '../../report/format.js'
import type { HistorySetup } from './history.js'

/** A promise that a history breaks, by its flaws; undefined where it keeps it. */
export function brokenFinding(
  { mode }: HistorySetup,
  { text, isMeant }: ClusterPromise,
  flaws: readonly FlawFound[],
) {
  if (flaws.length === 0) return undefined
  const [{ key, time }] = flaws
  const more = flaws.length > 1 ? `, and ${formatCount(flaws.length - 1)} more` : ''
  const where = key < 0 ? '' : ` (key-${key} at ${formatNumber(time, 'ms')}${more})`
  return {
    text: isMeant
      ? `Broken, although ${mode} promises it: ${text}${where}`
      : `Broken; ${mode} doesn't promise it: ${text}${where}`,
    measured: flaws.length,
    ...(isMeant && { ok: false }),
  }
}
