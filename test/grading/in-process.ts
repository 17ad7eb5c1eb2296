import { pathToFileURL } from 'node:url'
import type { CallResult, Service, Solution } from '../../src/grading/exercise.js'
import { importNatively } from './import-natively.mjs'

type Functions = Record<string, (...parameters: unknown[]) => unknown>

let loaded = 0
/** A solution's functions as a new process would have them, with nothing remembered. */
async function load(path: string): Promise<Functions> {
  const url = `${pathToFileURL(path).href}?${loaded++}`
  const exports = (await (path.endsWith('.js') ? importNatively(url) : import(url))) as Record<
    string,
    unknown
  >
  return { ...(exports.default as object | undefined), ...exports } as Functions
}

/**
 * A solution in JavaScript or TypeScript that runs here instead of in a process: for judging many of them on many
 * seeds. What goes in and comes out is JSON, as it would be.
 */
export async function inProcess(path: string): Promise<Solution> {
  let functions = await load(path)
  const one = async (
    name: string,
    parameters: readonly unknown[],
    service?: Service,
  ): Promise<CallResult> => {
    try {
      const given = copied(parameters) as unknown[]
      const value = await functions[name](...given, ...(service ? [promising(service)] : []))
      // A typed array is the list that it means.
      if (typeof value === 'number' && !Number.isFinite(value)) return { error: `you returned ${value}` }
      return { value: copied(ArrayBuffer.isView(value) ? Array.from(value as Uint8Array) : value) }
    } catch (error) {
      return { error: `your code failed with: ${error}` }
    }
  }
  return {
    async call(name, calls, service) {
      const outcomes: CallResult[] = []
      for (const parameters of calls) outcomes.push(await one(name, parameters, service))
      return outcomes
    },
    restart: async () => {
      functions = await load(path)
    },
  }
}

/** What JSON makes of a value, without writing down long lists of what needs no copy. */
function copied(value: unknown): unknown {
  if (Array.isArray(value) && value.every((item) => isPlain(item) || Array.isArray(item)))
    return value.map((item) => (Array.isArray(item) ? copied(item) : item))
  return JSON.parse(JSON.stringify(value))
}

const isPlain = (value: unknown) => typeof value === 'string' || Number.isSafeInteger(value)

/** A service whose functions always give promises of JSON. */
function promising(service: Service): Service {
  const entries = Object.entries(service).map(([name, serve]) => [
    name,
    async (...parameters: unknown[]) => JSON.parse(JSON.stringify((await serve(...parameters)) ?? null)),
  ])
  return Object.fromEntries(entries)
}
