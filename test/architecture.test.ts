import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The folders of src, the lowest first: a folder may import what stands above it in this list, and not what follows. */
const ORDER = [
  ['random', 'parallel'],
  ['hashing'],
  ['keys'],
  ['workload', 'placement', 'eviction', 'trace', 'report', 'questions'],
  ['stats', 'simulation', 'own'],
  ['redis', 'cache-cluster', 'memcached'],
  ['redis-deployment', 'redis-guide'],
  ['experiment', 'walk'],
  ['docs', 'grading', 'quiz', 'remote'],
  ['find'],
  ['cli'],
  ['library'],
]

/** Folders inside src/redis-deployment, likewise. */
const DEPLOYMENT_ORDER = [['messages'], ['nodes'], ['sentinel', 'cluster']]

/** Imports of a higher folder that are still to go, as `folder > folder`. One that is gone must leave this list. */
const KNOWN_UPWARD: string[] = []

/**
 * The files that may form a circle: a client of Redis has its server, the server its clients, and commands both. Commands
 * use some forty members of the server, and an interface for the client to have instead would repeat them.
 */
const MAY_CIRCLE = /^redis\/(commands\/)?[\w-]+\.ts$/

const root = new URL('../src', import.meta.url).pathname
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

/** What a file imports of src, types included. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const paths = [...text.matchAll(/(?:^import |\bfrom |\bimport\()'(\.[^']+)\.js'/gm)]
  return paths.map(([, path]) => join(dirname(file), `${path}.ts`)).filter((target) => files.includes(target))
}

const graph = new Map(files.map((file) => [file, importsOf(file)]))

/** The imports from a folder to one that is not lower, as `folder > folder`; folders are named by `nameOf`. */
function upward(order: readonly string[][], nameOf: (file: string) => string | undefined): string[] {
  const found = new Set<string>()
  const rankOf = (name: string) => order.findIndex((names) => names.includes(name))
  for (const [file, targets] of graph)
    for (const target of targets) {
      const from = nameOf(file)
      const to = nameOf(target)
      if (from === undefined || to === undefined || from === to) continue
      if (rankOf(to) >= rankOf(from)) found.add(`${from} > ${to}`)
    }
  return [...found].sort()
}

/** Sets of files each of which reaches itself through the others (Tarjan's strongly connected components). */
function circles(): string[] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const found: string[] = []
  const visit = (file: string) => {
    index.set(file, index.size)
    low.set(file, index.get(file)!)
    stack.push(file)
    for (const target of graph.get(file)!) {
      if (!index.has(target)) visit(target)
      if (stack.includes(target)) low.set(file, Math.min(low.get(file)!, low.get(target)!))
    }
    if (low.get(file) !== index.get(file)) return
    const members = stack.splice(stack.indexOf(file))
    if (members.length > 1 && !members.every((member) => MAY_CIRCLE.test(member)))
      found.push(members.sort().join(' '))
  }
  for (const file of files) if (!index.has(file)) visit(file)
  return found.sort()
}

describe('the folders of src', () => {
  const top = (file: string) => (file.includes('/') ? file.split('/')[0] : undefined)

  it('are all in the order', () => {
    const folders = new Set(files.map(top).filter((name) => name !== undefined))
    expect([...folders].sort()).toEqual(ORDER.flat().sort())
  })

  it('import no higher folder', () => {
    expect(upward(ORDER, top)).toEqual(KNOWN_UPWARD)
  })

  it('keep sentinel and cluster unknown to the nodes', () => {
    const inner = (file: string) => /^redis-deployment\/([^/]+)\//.exec(file)?.[1]
    expect(upward(DEPLOYMENT_ORDER, inner)).toEqual([])
  })

  // The host is a program of its own, and the output of the other one may have no reader.
  it('end the program in one place, so that all is cleared that is to be cleared', () => {
    const ending = files.filter((file) => readFileSync(join(root, file), 'utf8').includes('process.exit('))
    expect(ending.sort()).toEqual(['at-end.ts', 'cli/main.ts', 'grading/host.ts'])
  })

  it('have no circle between files', () => {
    expect(circles()).toEqual([])
  })
})
