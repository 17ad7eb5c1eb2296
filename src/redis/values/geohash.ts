import { toUint64 } from '../numbers.js'
/** A place on the Earth in degrees. */
export interface Place {
  readonly longitude: number
  readonly latitude: number
}

type Range = readonly [least: number, most: number]

export const LONGITUDES: Range = [-180, 180]
/** What Web Mercator shows of the Earth (EPSG:3857). */
export const LATITUDES: Range = [-85.05112878, 85.05112878]
const ALL_LATITUDES: Range = [-90, 90]
/** Bits of a longitude and of a latitude. */
const BITS = 26
/** The mean radius of the Earth in metres that Redis reckons with. */
const RADIUS = 6372797.560856
const LETTERS = '0123456789bcdefghjkmnpqrstuvwxyz'

const share = (value: number, [least, most]: Range) =>
  Math.floor(((value - least) / (most - least)) * 2 ** BITS)

/** The bits of a latitude and, one above each, those of a longitude, as one integer. */
function interleaved({ longitude, latitude }: Place, latitudes: Range): bigint {
  const [x, y] = [share(latitude, latitudes), share(longitude, LONGITUDES)]
  let bits = 0n
  for (let bit = BITS; bit >= 0; bit--)
    bits = (bits << 2n) | BigInt((Math.floor(y / 2 ** bit) % 2) * 2 + (Math.floor(x / 2 ** bit) % 2))
  return bits
}

/** The score under which a place is kept in a sorted set: places with near scores are near each other. */
export const scoreOf = (place: Place): number => Number(interleaved(place, LATITUDES))

/** The middle of the cell that a score stands for. */
export function placeOf(score: number): Place {
  const bits = toUint64(score)
  let [x, y] = [0, 0]
  for (let bit = 31n; bit >= 0n; bit--) {
    x = x * 2 + Number((bits >> (2n * bit)) & 1n)
    y = y * 2 + Number((bits >> (2n * bit + 1n)) & 1n)
  }
  return { longitude: middle(y, LONGITUDES), latitude: middle(x, LATITUDES) }
}

function middle(cell: number, [least, most]: Range): number {
  const at = (index: number) => least + (index / 2 ** BITS) * (most - least)
  return Math.max(least, Math.min(most, (at(cell) + at(cell + 1)) / 2))
}

/** The standard geohash of a place in eleven letters, of which the last one is always 0. */
export function geohashOf(place: Place): string {
  const bits = interleaved(place, ALL_LATITUDES)
  let text = ''
  for (let shift = 2 * BITS - 5; shift > 0; shift -= 5) text += LETTERS[Number((bits >> BigInt(shift)) & 31n)]
  return `${text}0`
}

const radians = (degrees: number) => degrees * (Math.PI / 180)

/** Metres between two places on a sphere, by the haversine formula. */
export function distanceBetween(a: Place, b: Place): number {
  const v = Math.sin((radians(b.longitude) - radians(a.longitude)) / 2)
  const [from, to] = [radians(a.latitude), radians(b.latitude)]
  if (v === 0) return RADIUS * Math.abs(to - from)
  const u = Math.sin((to - from) / 2)
  return 2 * RADIUS * Math.asin(Math.sqrt(u * u + Math.cos(from) * Math.cos(to) * v * v))
}
