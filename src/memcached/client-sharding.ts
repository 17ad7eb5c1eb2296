import { jumpHash } from '../placement/jump.js'
import { Ketama } from '../placement/ketama.js'

/** How a client of memcached picks the server of a key, by the key's hash. */
export interface Sharding {
  readonly idea: string
  /** A function from a hash to the index of its server. */
  over(servers: readonly string[], weights: Readonly<Record<string, number>>): (position: number) => number
}

const kinds = {
  ketama: {
    idea: 'the weighted continuum: 160 points a server',
    over: (servers, weights) => {
      const continuum = new Ketama(servers, weights)
      return (position) => continuum.owner(position)
    },
  },
  modulo: {
    idea: 'hash mod the number of servers, in the order of the list',
    over:
      ({ length }) =>
      (position) =>
        position % length,
  },
  jump: {
    idea: 'jump consistent hash over the list’s order',
    over:
      ({ length }) =>
      (position) =>
        jumpHash(position, length),
  },
} satisfies Record<string, Sharding>

export type ShardingName = keyof typeof kinds
export const shardings: Readonly<Record<ShardingName, Sharding>> = kinds
export const shardingNames = Object.keys(kinds) as ShardingName[]
