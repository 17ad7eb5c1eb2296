/** Something that breaks, or is mended, at a time in milliseconds. Nodes are numbers. */
export type Fault =
  | { readonly kind: 'kill' | 'restart' | 'hang'; readonly at: number; readonly node: number }
  | { readonly kind: 'slow'; readonly at: number; readonly node: number; readonly factor: number }
  /** The node stops for so many milliseconds, then goes on: a long command, or a machine that swaps. */
  | { readonly kind: 'stall'; readonly at: number; readonly node: number; readonly duration: number }
  /** The groups can't reach one another; together they name every node once. */
  | { readonly kind: 'partition'; readonly at: number; readonly groups: readonly (readonly number[])[] }
  /** Ends partitions, hangs and slowness. */
  | { readonly kind: 'heal'; readonly at: number }

/** Faults in order of time; of two at the same time the one given first. */
export function inOrder(faults: readonly Fault[]): Fault[] {
  return [...faults].sort((a, b) => a.at - b.at)
}

/** What is wrong with a list of faults, or undefined: a node can only be restarted while it is down. */
export function misplaced(faults: readonly Fault[]): Fault | undefined {
  const down = new Set<number>()
  return inOrder(faults).find((fault) => {
    if (fault.kind === 'kill' || fault.kind === 'hang') down.add(fault.node)
    return fault.kind === 'restart' && !down.delete(fault.node)
  })
}

/** The group that the client is with: the largest, and of several the first. */
export function clientGroup(groups: readonly (readonly number[])[]): number {
  return groups.reduce((best, group, i) => (group.length > groups[best].length ? i : best), 0)
}
