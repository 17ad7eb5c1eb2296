import { family, type Run } from '../command.js'
import { parseDouble, withoutZeros } from '../numbers.js'
import { Double, NO_ARRAY, RedisError, type Reply, syntaxError } from '../reply.js'
import {
  distanceBetween,
  geohashOf,
  LATITUDES,
  LONGITUDES,
  type Place,
  placeOf,
  scoreOf,
} from '../values/geohash.js'
import rows from './geo.json' with { type: 'json' }
import { zadd } from './sorted-sets.js'

/** Metres of a unit. */
const UNITS = new Map(Object.entries({ m: 1, km: 1000, ft: 0.3048, mi: 1609.34 }))

const isIn = (value: number, [least, most]: readonly [number, number]) => value >= least && value <= most

function parsePlace(x: string, y: string): Place {
  const [longitude, latitude] = [parseDouble(x), parseDouble(y)]
  if (!isIn(longitude, LONGITUDES) || !isIn(latitude, LATITUDES))
    throw new RedisError(`ERR invalid longitude,latitude pair ${fixed(longitude)},${fixed(latitude)}`)
  return { longitude, latitude }
}

/** A number as C's `%f` prints it. */
function fixed(value: number): string {
  if (Object.is(value, -0)) return '-0.000000'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  return Math.abs(value) < 1e21 ? value.toFixed(6) : `${BigInt(value)}.000000`
}

const geoadd: Run = (client, argv) => {
  let at = 2
  while (/^(nx|xx|ch)$/i.test(argv[at] ?? '')) at++
  const options = argv.slice(2, at)
  const has = (name: string) => options.some((option) => option.toLowerCase() === name)
  if ((argv.length - at) % 3 !== 0 || (has('nx') && has('xx'))) throw syntaxError()
  const pairs: string[] = []
  for (; at < argv.length; at += 3)
    pairs.push(String(scoreOf(parsePlace(argv[at], argv[at + 1]))), argv[at + 2])
  return zadd(client, ['zadd', argv[1], ...options, ...pairs])
}

/** A coordinate with seventeen decimals, without trailing zeros. */
const coordinate = (value: number) => new Double(value, withoutZeros(value.toFixed(17)).replace(/^-0$/, '0'))

/** A reply for each member; `none` for those that aren't there. */
function telling(tell: (place: Place) => Reply, none: Reply): Run {
  return ({ db }, [, key, ...members]) => {
    const set = db.sortedSet(key)
    return members.map((member) => {
      const score = set?.score(member)
      return score === undefined ? none : tell(placeOf(score))
    })
  }
}

const geodist: Run = ({ db }, [, key, from, to, unit = 'm', ...more]) => {
  const metres = UNITS.get(unit.toLowerCase())
  if (more.length > 0) throw syntaxError()
  if (metres === undefined) throw new RedisError('ERR unsupported unit provided. please use M, KM, FT, MI')
  const set = db.sortedSet(key)
  const [a, b] = [set?.score(from), set?.score(to)]
  if (a === undefined || b === undefined) return null
  return (distanceBetween(placeOf(a), placeOf(b)) / metres).toFixed(4)
}

export const geo = family('geo', rows, {
  geoadd,
  geodist,
  geohash: telling(geohashOf, null),
  geopos: telling(({ longitude, latitude }) => [coordinate(longitude), coordinate(latitude)], NO_ARRAY),
})
