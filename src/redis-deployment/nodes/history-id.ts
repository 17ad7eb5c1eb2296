import { createRandom } from '../../random/random.js'

/** Forty hexadecimal digits, as Redis names runs, histories and cluster nodes. */
export function historyId(seed: number, name: string): string {
  const random = createRandom(seed, name)
  return Array.from({ length: 40 }, () => random.below(16).toString(16)).join('')
}
