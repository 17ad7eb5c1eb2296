// slip: classes, many-classes
// Multiplies the size before it was rounded.
export * from '../right/plain.js'

export function chunkSizes(factor) {
  const sizes = []
  let size = 96
  while (sizes.length < 62 && size < 524288 / factor) {
    const rounded = Math.ceil(size / 8) * 8
    sizes.push(rounded)
    size = Math.trunc(size * factor)
  }
  sizes.push(524288)
  return sizes
}
