declare module 'seedrandom/lib/alea.js' {
  /** Makes a generator of numbers in [0, 1) from a seed. */
  export default function alea(seed: string): () => number
}
