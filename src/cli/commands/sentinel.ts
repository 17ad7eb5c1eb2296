import { group } from '../group.js'

export const { configure, examples } = group(
  'sentinel',
  'Redis Sentinel: a master, its replicas and the sentinels that watch them, in virtual time.',
  [
    ['cachelab sentinel run --kill master@1s --duration 6s', 'a master dies'],
    ['cachelab sentinel show split-brain', 'two masters at once'],
    ['cachelab sentinel show', 'the list of cases'],
  ],
)
