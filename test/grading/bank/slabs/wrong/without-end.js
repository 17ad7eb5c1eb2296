// fails: many-classes
// As many classes as come up.
export * from '../right/plain.js'

export function chunkSizes(factor) {
  const sizes = []
  let size = 96
  while (size < 524288 / factor) {
    const rounded = Math.ceil(size / 8) * 8
    sizes.push(rounded)
    size = Math.trunc(rounded * factor)
  }
  sizes.push(524288)
  return sizes
}
