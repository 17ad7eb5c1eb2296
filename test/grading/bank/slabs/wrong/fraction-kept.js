// slip: classes, many-classes
// Doesn’t cut off the fraction.
export * from '../right/plain.js'

export function chunkSizes(factor) {
  const sizes = []
  let size = 96
  while (sizes.length < 62 && size < 524288 / factor) {
    const rounded = Math.ceil(size / 8) * 8
    sizes.push(rounded)
    size = rounded * factor
  }
  sizes.push(524288)
  return sizes
}
