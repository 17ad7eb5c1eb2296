// slip: classes, many-classes
// The last class has chunks of a page.
export * from '../right/plain.js'

export function chunkSizes(factor) {
  const sizes = []
  let size = 96
  while (sizes.length < 62 && size < 524288 / factor) {
    const rounded = Math.ceil(size / 8) * 8
    sizes.push(rounded)
    size = Math.trunc(rounded * factor)
  }
  sizes.push(1048576)
  return sizes
}
