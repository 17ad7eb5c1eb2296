// slip: classes, many-classes
// Forgets the header in the first class.
export * from '../right/plain.js'

export function chunkSizes(factor) {
  const sizes = []
  let size = 48
  while (sizes.length < 62 && size < 524288 / factor) {
    const rounded = Math.ceil(size / 8) * 8
    sizes.push(rounded)
    size = Math.trunc(rounded * factor)
  }
  sizes.push(524288)
  return sizes
}
