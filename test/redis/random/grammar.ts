import type { Random } from '../../../src/random/random.js'

/** What a command's usage says: words, places for values, options, repetitions, alternatives. */
type Node =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'optional' | 'repeated' | 'required'; readonly choices: readonly (readonly Node[])[] }

/** Reads usages such as `key [NX | XX] [COUNT count] member [member ...]`. */
export function parseUsage(usage: string): readonly Node[] {
  const tokens = usage.match(/[[\]<>|]|[^\s[\]<>|]+/g) ?? []
  let at = 0
  const choices = (closing: string): Node[][] => {
    const list: Node[][] = [[]]
    for (; at < tokens.length && tokens[at] !== closing; at++) {
      const token = tokens[at]
      const isOpening = token === '[' || token === '<'
      if (token === '|') list.push([])
      else list[list.length - 1].push(isOpening ? bracket(token) : leaf(token))
    }
    return list
  }
  const bracket = (opening: string): Node => {
    at++
    const inner = choices(opening === '[' ? ']' : '>')
    const last = inner[inner.length - 1]
    const end = last[last.length - 1]
    if (end?.kind === 'word' && end.text === '...') {
      last.pop()
      return { kind: 'repeated', choices: inner }
    }
    return { kind: opening === '[' ? 'optional' : 'required', choices: inner }
  }
  return choices('')[0]
}

const leaf = (text: string): Node => ({ kind: /^[A-Z.]+$/.test(text) ? 'word' : 'value', text })

/** A word as it is, or the name of what a value stands for. */
export type Part = string | { readonly value: string }

/** One of the things that a usage allows. Options come in any order, and now and then twice. */
export function partsOf(nodes: readonly Node[], random: Random): Part[] {
  const parts: Part[] = []
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]
    if (node.kind !== 'optional') {
      parts.push(...partsOfOne(node, random))
      continue
    }
    // Options that follow each other may change places.
    const group: Node[] = [node]
    while (nodes[i + 1]?.kind === 'optional') group.push(nodes[++i])
    if (random.below(3) === 0) group.reverse()
    if (random.below(12) === 0) group.push(group[random.below(group.length)])
    for (const option of group) parts.push(...partsOfOne(option, random))
  }
  return parts
}

function partsOfOne(node: Node, random: Random): Part[] {
  if (node.kind === 'word') return [node.text]
  if (node.kind === 'value') return [{ value: node.text }]
  const one = () => partsOf(node.choices[random.below(node.choices.length)], random)
  if (node.kind === 'required') return one()
  if (node.kind === 'optional') return random.below(5) < 2 ? one() : []
  const times = random.below(3)
  return Array.from({ length: times }, one).flat()
}
