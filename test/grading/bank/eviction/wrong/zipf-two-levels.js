// slip: zipf
// A fifth of the keys gets 80 %, but all of them alike.
export * from '../right/plain.js'

export const zipf = (keyCount, _, count) =>
  Array.from({ length: count }, () => {
    const popular = keyCount / 5
    return Math.floor(
      Math.random() < 0.8 ? Math.random() * popular : popular + Math.random() * (keyCount - popular),
    )
  })
