// slip: classes, many-classes
// Rounds down.
export * from '../right/plain.js'

export function chunkSizes(factor) {
  const sizes = []
  let size = 96
  while (sizes.length < 62 && size < 524288 / factor) {
    const rounded = size - (size % 8)
    sizes.push(rounded)
    size = Math.trunc(rounded * factor)
  }
  sizes.push(524288)
  return sizes
}
