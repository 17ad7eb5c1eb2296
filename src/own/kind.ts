import { InputError } from '../input-error.js'
import { exportOf, type LoadedFile, type OwnExport, type OwnKind, parametersOf, sourceOf } from './source.js'

/** The method by which a class tells what it is. */
const METHODS = { access: 'policy', locate: 'placement', next: 'workload' } as const

/**
 * What somebody can bring.
 *
 * @example
 * import { type OwnKind, ownKinds } from 'cachelab/own'
 * const kinds: readonly OwnKind[] = ownKinds
 * kinds // [ 'policy', 'placement', 'hash', 'workload' ]
 */
export const ownKinds: readonly OwnKind[] = ['policy', 'placement', 'hash', 'workload']

/** What a file brings, as far as its export tells. Throws InputError where it can be several. */
export function kindOf(file: LoadedFile): OwnKind {
  if (file.part !== undefined && !(file.part in file.exports) && file.exports.simulate) return 'policy'
  const found = exportOf(file)
  const can = kindsOf(found, file)
  if (can.length === 1) return can[0]
  throw new InputError(
    `${file.name} ${
      can.length === 0
        ? 'exports a class without access, locate or next, which can be any kind'
        : `exports a function, which can be ${can
            .map((kind) => `a ${kind}`)
            .join(', ')
            .replace(/, ([^,]*)$/, ' or $1')}`
    }: say which with --kind ${(can.length === 0 ? ownKinds : can).join('|')}`,
  )
}

function kindsOf(found: OwnExport, { exports }: LoadedFile): OwnKind[] {
  const source = sourceOf(found)
  for (const [method, kind] of Object.entries(METHODS))
    if (method in (found.prototype ?? {}) && !isGenerator(found)) return [kind]
  if (/^class\b/.test(source)) {
    // Methods that are fields are in its source only.
    const fields = Object.entries(METHODS).filter(([method]) => new RegExp(`\\b${method}\\s*=`).test(source))
    return fields.map(([, kind]) => kind)
  }
  if (isGenerator(found)) return ['workload']
  const parameters = parametersOf(found)
  if (parameters >= 3) return [exports.locate === found ? 'placement' : 'hash']
  if (exports.bits !== undefined) return ['hash']
  return parameters === 2 ? ['policy', 'placement'] : [...ownKinds]
}

const isGenerator = (found: OwnExport): boolean => found.constructor?.name === 'GeneratorFunction'
