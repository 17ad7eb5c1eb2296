/** A number of each run, by its seed, in their order. A report of a part of the work may lack some. */
export type PerRun = ReadonlyMap<number, number>

/** The difference a − b in each run that both have: policies are compared on the same requests. */
export const less = (a: PerRun, b: PerRun): PerRun =>
  new Map([...a].filter(([seed]) => b.has(seed)).map(([seed, value]) => [seed, value - b.get(seed)!]))

export const valuesOf = (numbers: PerRun): number[] => [...numbers.values()]
