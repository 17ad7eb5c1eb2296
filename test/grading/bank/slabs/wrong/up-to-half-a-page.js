// fails: classes
// Goes on up to half a page.
export * from '../right/plain.js'

export function chunkSizes(factor) {
  const sizes = []
  let size = 96
  while (sizes.length < 62 && size < 524288) {
    const rounded = Math.ceil(size / 8) * 8
    sizes.push(rounded)
    size = Math.trunc(rounded * factor)
  }
  sizes.push(524288)
  return sizes
}
