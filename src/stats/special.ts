/** Lanczos coefficients for g = 7 (Godfrey's table): relative error of the gamma function below 10⁻¹³. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** Natural logarithm of the gamma function for x > 0. Lanczos, SIAM J. Numer. Anal. 1, 1964. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  let sum = LANCZOS[0]
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i] / (x - 1 + i)
  const t = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

/**
 * Regularized incomplete beta function I_x(a, b), by its continued fraction (Numerical Recipes, section 6.4,
 * with Lentz's method). Accurate to about 10⁻¹².
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front =
    Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / (1 + even * d)
    c = 1 + even / c
    fraction *= c * d
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + odd * d)
    c = 1 + odd / c
    fraction *= c * d
    if (Math.abs(c * d - 1) < 1e-14) break
  }
  return front * fraction
}

/** Two-sided quantile of Student's t: P(|T| ≤ t) = confidence. By bisection; for degrees of freedom ≥ 1. */
export function studentT(confidence: number, degrees: number): number {
  let low = 0
  let high = 1000
  for (let step = 0; step < 80; step++) {
    const t = (low + high) / 2
    const outside = incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
    if (1 - outside < confidence) low = t
    else high = t
  }
  return high
}

/**
 * P(X > x) for X of the chi-square law: the regularized upper incomplete gamma function Q(degrees ÷ 2, x ÷ 2), by its
 * series below the mean and its continued fraction above (Numerical Recipes, section 6.2). Accurate to about 10⁻¹².
 */
export function chiSquareTail(x: number, degrees: number): number {
  if (x <= 0 || degrees === 0) return 1
  const a = degrees / 2
  const y = x / 2
  const front = Math.exp(a * Math.log(y) - y - logGamma(a))
  if (y < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; term > sum * 1e-15; n++) sum += term *= y / (a + n)
    return 1 - front * sum
  }
  let b = y + 1 - a
  let c = 1e300
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < 10_000; n++) {
    const step = n * (a - n)
    b += 2
    d = 1 / (b + step * d)
    c = b + step / c
    fraction *= c * d
    if (Math.abs(c * d - 1) < 1e-14) break
  }
  return front * fraction
}

/** Two-sided quantile of the standard normal distribution: P(|Z| ≤ z) = confidence. By bisection of the χ² tail. */
export function normalQuantile(confidence: number): number {
  return Math.sqrt(chiSquareQuantile(1 - confidence, 1))
}

/** The number that a χ² variable exceeds with this probability; the degrees of freedom need not be whole. */
export function chiSquareQuantile(tail: number, degrees: number): number {
  return quantile((x) => chiSquareTail(x, degrees), tail)
}

/** Where a falling tail of a law over 0 … ∞ has this probability. By doubling and bisection. */
export function quantile(tailAt: (x: number) => number, tail: number): number {
  let low = 0
  let high = 1
  while (tailAt(high) > tail) high *= 2
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2
    if (tailAt(middle) > tail) low = middle
    else high = middle
  }
  return high
}
