// slip: classes, many-classes
// Without the last class.
export * from '../right/plain.js'

export function chunkSizes(factor) {
  const sizes = []
  let size = 96
  while (sizes.length < 62 && size < 524288 / factor) {
    const rounded = Math.ceil(size / 8) * 8
    sizes.push(rounded)
    size = Math.trunc(rounded * factor)
  }
  sizes.length = Math.min(sizes.length, 62)
  return sizes
}
