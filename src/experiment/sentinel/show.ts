import type { Progress } from '../../keys/index.js'
import { formatDuration } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { type PresetName, presets, setupOf } from './presets.js'
import { failovers, outage, runSentinels, type SentinelRun, timelineReport } from './timeline.js'

/** A failure case event by event, and the outcome of variants of its setup. O(requests × variants). */
export async function showPreset(name: PresetName, seed: number, progress?: Progress): Promise<Report> {
  const preset = presets[name]
  const changes = [{ name: 'as shown', setup: {} }, ...preset.variants]
  const runs: SentinelRun[] = []
  for (const { setup } of changes) {
    runs.push(
      await runSentinels(setupOf(preset, seed, setup), (done, total) =>
        progress?.(runs.length * (total ?? 1) + done, (total ?? 1) * changes.length),
      ),
    )
  }
  const report = timelineReport(runs[0], 'sentinel show', preset.title)
  return {
    ...report,
    parameters: { case: name, ...report.parameters },
    tables: [
      ...report.tables,
      {
        name: 'variants',
        title: 'The case as shown, and its variants',
        columns: [
          { key: 'variant', label: 'variant' },
          { key: 'failovers', label: 'failovers', unit: 'count' },
          { key: 'outage', label: 'outage', unit: 'ms' },
          { key: 'failed', label: 'failed writes', unit: 'count' },
          { key: 'lost', label: 'acknowledged writes lost', unit: 'count' },
        ],
        rows: runs.map((run, i) => ({
          variant: changes[i].name,
          failovers: failovers(run),
          outage: outage(run),
          failed: run.intervals.sum(({ writeErrors }) => writeErrors),
          lost: run.history.lost,
        })),
      },
    ],
    findings: [
      { id: 'question', text: preset.question },
      ...report.findings,
      {
        id: 'conclusion',
        text: `${preset.conclusion} (Each run lasts ${formatDuration(runs[0].setup.duration)}.)`,
      },
    ],
  }
}
