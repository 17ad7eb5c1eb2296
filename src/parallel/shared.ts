type Column = Uint32Array | Float64Array | Uint8Array

/** Room for so many values like these, on memory that workers read without copying it; `before` is at its beginning. */
export function shared<C extends Column>(like: C, length: number, before?: Column): C {
  const array = like.constructor as unknown as {
    new (buffer: SharedArrayBuffer): C
    BYTES_PER_ELEMENT: number
  }
  const room = new array(new SharedArrayBuffer(length * array.BYTES_PER_ELEMENT))
  if (before) room.set(before)
  return room
}

/** A copy that workers read without copying it again. */
export const sharedCopy = <C extends Column>(values: C): C => shared(values, values.length, values)
