/** `node-A`, `node-B`, … `node-Z`, `node-AA`, … : the lesson's names, counted as spreadsheets count columns. */
export function nodeName(index: number): string {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return `node-${letters}`
}

/**
 * The first `count` names of nodes, as the lesson names them: `node-A` … `node-Z`, `node-AA` …
 *
 * @example
 * import { nodeNames } from 'cachelab/placement'
 * nodeNames(3) // [ 'node-A', 'node-B', 'node-C' ]
 * nodeNames(27).at(-1) // 'node-AA'
 */
export function nodeNames(count: number): string[] {
  return Array.from({ length: count }, (_, i) => nodeName(i))
}

/** The next `count` names of the lesson's kind that are not taken. */
export function freshNames(taken: readonly string[], count: number): string[] {
  const used = new Set(taken)
  const names: string[] = []
  for (let i = taken.length; names.length < count; i++) {
    const name = nodeName(i)
    if (!used.has(name)) names.push(name)
  }
  return names
}
