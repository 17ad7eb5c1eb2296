/**
 * LZF, the compression of Redis's dumps. A control byte below 32 precedes a run of that many literal bytes and one. Any
 * other is a reference to bytes before: the upper three bits are its length less 2, 7 for a byte of length more; the
 * lower five bits and the last byte are its distance less 1.
 */
const MAX_RUN = 32
const MAX_DISTANCE = 1 << 13
const MAX_MATCH = 264
const TABLE = 1 << 16

const hash = (first: number, second: number, third: number) => {
  const three = (first << 16) | (second << 8) | third
  return ((three >>> 8) - three * 5) & (TABLE - 1)
}

/** Positions by the hash of the three bytes there; the first position, 0, is none. */
const places = new Uint32Array(TABLE)

/** Compresses bytes; undefined where fewer than four would be saved. O(N). */
export function compress(input: Uint8Array): Buffer | undefined {
  const size = input.length
  const most = size - 4
  if (most <= 0) return undefined
  const output = Buffer.alloc(most + 4)
  places.fill(0)
  const remember = (at: number) => {
    places[hash(input[at], input[at + 1], input[at + 2])] = at
  }
  let [at, end, run] = [0, 1, 0]
  const endRun = () => {
    if (run === 0) end--
    else output[end - run - 1] = run - 1
    run = 0
  }
  const literal = () => {
    output[end++] = input[at++]
    if (++run < MAX_RUN) return
    endRun()
    end++
  }
  while (at < size - 2) {
    const slot = hash(input[at], input[at + 1], input[at + 2])
    const from = places[slot]
    places[slot] = at
    const distance = at - from - 1
    const isMatch =
      from > 0 &&
      distance < MAX_DISTANCE &&
      input[from] === input[at] &&
      input[from + 1] === input[at + 1] &&
      input[from + 2] === input[at + 2]
    if (!isMatch) {
      if (end >= most) return undefined
      literal()
      continue
    }
    if (end - (run === 0 ? 1 : 0) + 4 >= most) return undefined
    endRun()
    const longest = Math.min(MAX_MATCH, size - at - 2)
    let length = 3
    while (length < longest && input[from + length] === input[at + length]) length++
    const code = length - 2
    output[end++] = (distance >> 8) | (Math.min(code, 7) << 5)
    if (code >= 7) output[end++] = code - 7
    output[end++] = distance & 255
    end++
    at += length
    if (at >= size - 2) break
    remember(at - 2)
    remember(at - 1)
  }
  if (end + 3 > most) return undefined
  while (at < size) literal()
  endRun()
  return output.subarray(0, end)
}

/** The bytes that were compressed; undefined where they aren't `size` or refer to bytes that aren't there. O(size). */
export function decompress(input: Uint8Array, size: number): Buffer | undefined {
  const output = Buffer.alloc(size)
  let [at, end] = [0, 0]
  while (at < input.length) {
    const control = input[at++]
    if (control < MAX_RUN) {
      const run = control + 1
      if (end + run > size || at + run > input.length) return undefined
      output.set(input.subarray(at, at + run), end)
      at += run
      end += run
      continue
    }
    const code = control >> 5
    const length = (code === 7 ? 7 + input[at++] : code) + 2
    let from = end - ((control & 31) << 8) - 1 - input[at++]
    if (at > input.length || from < 0 || end + length > size) return undefined
    for (let i = 0; i < length; i++) output[end++] = output[from++]
  }
  return end === size ? output : undefined
}
