import type { Command } from 'commander'
import { configureGroup } from '../group.js'

export const examples = [
  ['cachelab sentinel run --kill master@1s --duration 6s', 'a master dies'],
  ['cachelab sentinel show split-brain', 'two masters at once'],
  ['cachelab sentinel show', 'all the cases that go wrong'],
] as const

export function configure(command: Command): Command {
  return configureGroup(
    command,
    'sentinel',
    'Redis Sentinel: a master, its replicas and the sentinels that watch them, in virtual time.',
  )
}
