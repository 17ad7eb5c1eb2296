// slip: exponent
// By the integral of 1 ÷ x^s, which knows no number of keys.
export * from '../right/plain.js'

export const exponentFor = () => 1 - Math.log(0.8) / Math.log(0.2)
