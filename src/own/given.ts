import type { OwnName } from '../own-name.js'
import type { Exports } from './modules.js'

/** A policy, placement, hash or workload as code: a class, or a function, as a file would export it. */
export type OwnCode = (new (...given: never[]) => object) | ((...given: never[]) => unknown)

const given = new Map<string, OwnCode>()
const names = new Map<OwnCode, OwnName>()

export const isCode = (value: unknown): value is OwnCode => typeof value === 'function'

/** The name of code in reports: `./Name`, with a number where two have the same. */
export function nameOf(code: OwnCode): OwnName {
  const known = names.get(code)
  if (known) return known
  const plain = `./${code.name.replace(/[^\w$]/g, '') || 'own'}` as const
  let name: OwnName = plain
  for (let n = 2; given.has(name); n++) name = `${plain}-${n}`
  given.set(name, code)
  names.set(code, name)
  return name
}

/** What code under a name "exports"; undefined where the name is that of a file. */
export function exportsOfCode(name: OwnName): Exports | undefined {
  const code = given.get(name)
  return code && { default: code }
}
