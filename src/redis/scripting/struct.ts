import { toUint64 } from '../numbers.js'
import { type Lua, LuaError, type LuaFunction, type Owner } from './lua.js'

const MAX_SIZE = 32
const MAX_ALIGNMENT = 8
const MAX_INT = 2 ** 31 - 1
/** Sizes of the formats that have one. */
const SIZES: Readonly<Record<string, number>> = { b: 1, h: 2, l: 8, t: 8, x: 1 }
const INTEGERS = 'bBhHlLTiI'

/** One item of a format, with the zeros before it that align it. */
interface Item {
  readonly option: string
  readonly size: number
  readonly padding: number
}

/** Reads a format from the left; `position` is where the items before have ended. */
class Format {
  isLittle = true
  private alignment = 1
  private at = 0

  constructor(
    private readonly lua: Lua,
    private readonly state: number,
    private readonly text: string,
  ) {}

  next(position: number): Item | undefined {
    const option = this.text[this.at++]
    if (option === undefined || option === '\0') return undefined
    const size = this.sizeOf(option)
    const unit = option === 'c' ? 0 : Math.min(size, this.alignment)
    const padding = unit === 0 ? 0 : (unit - (position & (unit - 1))) & (unit - 1)
    return { option, size, padding }
  }

  private sizeOf(option: string): number {
    if (option === 'f') return 4
    if (option === 'd') return 8
    if (option === 'c') return this.number(1)
    if (option === 'i' || option === 'I') {
      const size = this.number(4)
      if (size > MAX_SIZE) throw new LuaError(`integral size ${size} is larger than limit of ${MAX_SIZE}`)
      return size
    }
    return option === 'x' || INTEGERS.includes(option) ? SIZES[option.toLowerCase()] : 0
  }

  private number(otherwise: number): number {
    const digits = /^\d*/.exec(this.text.slice(this.at))![0]
    if (digits === '') return otherwise
    if (Number(digits) > MAX_INT) throw new LuaError('integral size overflow')
    this.at += digits.length
    return Number(digits)
  }

  /** Follows an option that stands for no value. */
  control(option: string): void {
    if (option === ' ') return
    if (option === '<' || option === '>') this.isLittle = option === '<'
    else if (option === '!') {
      const alignment = this.number(MAX_ALIGNMENT)
      if (alignment <= 0 || (alignment & (alignment - 1)) !== 0)
        throw new LuaError(`alignment ${alignment} is not a power of 2`)
      this.alignment = alignment
    } else {
      const { lua, state } = this
      lua.push(state, `invalid format option '${option}'`)
      lua.api.luaL_argerror(state, 1, lua.api.lua_tolstring(state, -1, 0))
    }
  }

  /** Bytes in the format's order, given the lowest first. */
  ordered(bytes: Buffer): string {
    return (this.isLittle ? bytes : bytes.reverse()).toString('latin1')
  }
}

/** An integer of up to 32 bytes: C computes with 64 bits, and what is beyond them is zero. */
function integerBytes(value: number, size: number): Buffer {
  const bytes = Buffer.alloc(MAX_SIZE)
  bytes.writeBigUInt64LE(toUint64(value))
  return bytes.subarray(0, size)
}

function integerIn(bytes: Buffer, isSigned: boolean): number {
  const size = Math.min(bytes.length, 8)
  const all = Buffer.alloc(8)
  bytes.copy(all, 0, 0, size)
  const value = all.readBigUInt64LE()
  if (!isSigned) return Number(value)
  // Of more than 8 bytes the sign is at the same place of every 8, as x86 shifts.
  const high = BigInt.asUintN(64, -1n << BigInt((bytes.length * 8 - 1) % 64))
  return Number(BigInt.asIntN(64, value & high ? value | high : value))
}

/** The library `struct`: values as the bytes that C's structures have. */
export function structLibrary(owner: Owner): Record<string, LuaFunction> {
  const checked = (isFine: boolean, state: number, argument: number, message: string) => {
    const { lua } = owner
    if (!isFine) lua.api.luaL_argerror(state, argument, lua.name(message))
  }
  const packed = (state: number, format: Format, { option, size }: Item, argument: number): string => {
    const { lua } = owner
    if (INTEGERS.includes(option))
      return format.ordered(integerBytes(lua.api.luaL_checknumber(state, argument), size))
    if (option === 'f' || option === 'd') {
      const bytes = Buffer.alloc(size)
      const value = lua.api.luaL_checknumber(state, argument)
      if (option === 'f') bytes.writeFloatLE(value)
      else bytes.writeDoubleLE(value)
      return format.ordered(bytes)
    }
    const text = lua.checkText(state, argument)
    checked(text.length >= size, state, argument + 1, 'string too short')
    return (size === 0 ? text : text.slice(0, size)) + (option === 's' ? '\0' : '')
  }
  return {
    pack: (state) => {
      const { lua } = owner
      const format = new Format(lua, state, lua.checkText(state, 1))
      let [packedText, argument] = ['', 2]
      // A missing argument is named as nil.
      lua.api.lua_pushnil(state)
      for (let item = format.next(0); item; item = format.next(packedText.length)) {
        packedText += '\0'.repeat(item.padding)
        if (item.option === 'x') packedText += '\0'
        else if (`${INTEGERS}fdcs`.includes(item.option))
          packedText += packed(state, format, item, argument++)
        else format.control(item.option)
      }
      lua.push(state, packedText)
      return 1
    },

    unpack: (state) => {
      const { lua } = owner
      const { api } = lua
      const format = new Format(lua, state, lua.checkText(state, 1))
      const data = lua.checkText(state, 2)
      // An offset has no sign: negative ones are behind every end.
      let position = Number(BigInt.asUintN(64, lua.checkInt64(state, 3, 1n)))
      checked(position > 0, state, 3, 'offset must be 1 or greater')
      position--
      let count = 0
      let last: number | undefined
      for (let item = format.next(position); item; item = format.next(position)) {
        const { option } = item
        let { size } = item
        position += item.padding
        const fits = () => checked(size <= data.length - position, state, 2, 'data string too short')
        fits()
        if (api.lua_checkstack(state, 2) === 0) throw new LuaError('stack overflow (too many results)')
        const bytes = () => {
          const found = Buffer.from(data.slice(position, position + size), 'latin1')
          return format.isLittle ? found : found.reverse()
        }
        if (INTEGERS.includes(option) || option === 'f' || option === 'd') {
          if (option === 'f') last = bytes().readFloatLE()
          else if (option === 'd') last = bytes().readDoubleLE()
          else last = integerIn(bytes(), option === option.toLowerCase())
          api.lua_pushnumber(state, last)
          count++
        } else if (option === 'c') {
          if (size === 0) {
            if (last === undefined) throw new LuaError("format 'c0' needs a previous size")
            size = last
            api.lua_settop(state, -2)
            count--
            fits()
          }
          lua.push(state, data.slice(position, position + size))
          last = undefined
          count++
        } else if (option === 's') {
          const end = data.indexOf('\0', position)
          if (end < 0) throw new LuaError('unfinished string in data')
          lua.push(state, data.slice(position, end))
          size = end - position + 1
          last = undefined
          count++
        } else if (option !== 'x') format.control(option)
        position += size
      }
      api.lua_pushnumber(state, position + 1)
      return count + 1
    },

    size: (state) => {
      const { lua } = owner
      const format = new Format(lua, state, lua.checkText(state, 1))
      let position = 0
      for (let item = format.next(0); item; item = format.next(position)) {
        const { option, size, padding } = item
        checked(option !== 's', state, 1, "option 's' has no fixed size")
        checked(option !== 'c' || size !== 0, state, 1, "option 'c0' has no fixed size")
        if (!/[a-z\d]/i.test(option)) format.control(option)
        position += padding + size
      }
      lua.api.lua_pushnumber(state, position)
      return 1
    },
  }
}
