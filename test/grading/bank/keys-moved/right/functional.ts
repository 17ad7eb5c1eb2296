import { createHash } from 'node:crypto'

const lcm = (a: number, b: number): number => {
  let multiple = Math.max(a, b)
  while (multiple % a !== 0 || multiple % b !== 0) multiple += Math.max(a, b)
  return multiple
}
const number = (key: string) =>
  Number(BigInt(`0x${createHash('md5').update(key, 'utf8').digest('hex')}`) & 0xffffffffn)

export default {
  movedByModulo: (before: number, after: number) => 1 - Math.min(before, after) / lcm(before, after),
  movedByRing: (before: number, after: number) => 1 - Math.min(before, after) / Math.max(before, after),
  countMoved: (keys: string[], before: number, after: number) =>
    keys.filter((key) => number(key) % before !== number(key) % after).length,
}
