import type { Command } from 'commander'
import { configureGroup } from '../group.js'

export const examples = [
  ['cachelab lab up --redis 3 && cachelab lab down', 'three Redis servers on this machine'],
  ['cachelab lab up --memcached 2 && cachelab lab down', 'two of memcached'],
  [
    'cachelab lab up --sentinel && cachelab lab failover; cachelab lab down',
    'a failover, real and simulated',
  ],
] as const

export function configure(command: Command): Command {
  return configureGroup(
    command,
    'lab',
    'Real servers on this machine, for --connect: started in a folder of their own, and stopped again.',
  )
}
