import type { Report } from '../../../src/report/index.js'
import { clusterRules } from './rules/cluster.js'
import { evictRules } from './rules/evict.js'
import { memcachedRules } from './rules/memcached.js'
import { realRules } from './rules/real.js'
import { redisRules } from './rules/redis.js'
import { replicateRules } from './rules/replicate.js'
import { ringRules } from './rules/ring.js'
import { sentinelRules } from './rules/sentinel.js'
import { tiersRules } from './rules/tiers.js'
import type { Rule } from './rules/values.js'

/** By command and id; `*` stands for any ending. */
const rules: Record<string, Rule> = {
  ...clusterRules,
  ...evictRules,
  ...memcachedRules,
  ...realRules,
  ...redisRules,
  ...replicateRules,
  ...ringRules,
  ...sentinelRules,
  ...tiersRules,
}

/** The rule of a finding: its own, or that of all ids with the same beginning. */
function ruleOf(command: string, id: string): Rule | undefined {
  const name = `${command} ${id}`
  const beginning = Object.keys(rules).find((key) => key.endsWith('*') && name.startsWith(key.slice(0, -1)))
  return rules[name] ?? (beginning === undefined ? undefined : rules[beginning])
}

/** Findings whose numbers don't follow from the report, and those that no rule is for. */
export function unfounded(report: Report): string[] {
  const close = (a: number | null | undefined, b: number | undefined) =>
    typeof a === 'number' && typeof b === 'number'
      ? Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b))
      : (a ?? undefined) === b
  return report.findings.flatMap((finding) => {
    const { id, measured, expected } = finding
    if (measured === undefined && expected === undefined) return []
    const rule = ruleOf(report.command, id)
    if (rule === undefined) return [`${report.command} ${id}: no rule in test/report/consistency/rules`]
    if (typeof rule === 'string') return []
    const numbers = rule(report, finding)
    const isFounded = close(numbers.measured, measured) && close(numbers.expected, expected)
    return isFounded ? [] : [`${id}: ${measured}, ${expected}; from the tables ${JSON.stringify(numbers)}`]
  })
}
