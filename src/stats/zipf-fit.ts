/** An exponent fitted to counts, with its standard error. */
export interface ZipfFit {
  readonly exponent: number
  readonly error: number
}

/**
 * Zipf's exponent of greatest likelihood for how often each key was requested. Keys are ranked by their counts;
 * the likelihood's slope Σ c_r (E ln r − ln r) falls with the exponent and is zero at the fit, and the error is
 * 1 ÷ √(N Var ln r). O(keys) a step, fifty steps.
 *
 * Clauset, Shalizi and Newman, "Power-Law Distributions in Empirical Data", SIAM Review 51(4), 2009, appendix B.
 */
export function fitZipf(counts: Uint32Array): ZipfFit {
  const ranked = counts.slice().sort().reverse()
  const logs = Float64Array.from(ranked, (_, i) => Math.log(i + 1))
  let requests = 0
  let measured = 0
  for (let i = 0; i < ranked.length; i++) {
    requests += ranked[i]
    measured += ranked[i] * logs[i]
  }
  let low = 0
  let high = 8
  for (let step = 0; step < 50; step++) {
    const exponent = (low + high) / 2
    if (moments(logs, exponent).mean > measured / requests) low = exponent
    else high = exponent
  }
  return { exponent: high, error: 1 / Math.sqrt(requests * moments(logs, high).variance) }
}

/** Mean and variance of the logarithm of the rank under Zipf's law. */
function moments(logs: Float64Array, exponent: number): { mean: number; variance: number } {
  let total = 0
  let first = 0
  let second = 0
  for (let i = 0; i < logs.length; i++) {
    const weight = Math.exp(-exponent * logs[i])
    total += weight
    first += weight * logs[i]
    second += weight * logs[i] * logs[i]
  }
  const mean = first / total
  return { mean, variance: second / total - mean * mean }
}
