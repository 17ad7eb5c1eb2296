import { toInt64, toUint64 } from '../numbers.js'
import type { Natives } from './base-library.js'
import { type LuaFunction, TYPE } from './lua.js'

const MAX_INT32 = 2 ** 31
/** An item of a format; `%%` is taken whole, so that what follows it isn't. */
const ITEM = /%(?:%|([-+ #0]*)(\d*)(?:\.(\d*))?([a-zA-Z]))/g

/** An integer of 64 bits as C's printf() writes it. */
function integer(value: bigint, flags: string, width: number, precision: string | undefined, kind: string) {
  const isSigned = 'di'.includes(kind)
  const size = value < 0n ? -value : value
  let digits = size.toString(kind === 'o' ? 8 : kind.toLowerCase() === 'x' ? 16 : 10)
  if (kind === 'X') digits = digits.toUpperCase()
  digits = digits.padStart(Number(precision ?? 1), '0')
  let sign = value < 0n ? '-' : ''
  if (sign === '' && isSigned) sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  if (flags.includes('#') && kind.toLowerCase() === 'x') sign = `0${kind}`
  if (flags.includes('#') && kind === 'o' && !digits.startsWith('0')) digits = `0${digits}`
  if (flags.includes('-')) return (sign + digits).padEnd(width)
  if (flags.includes('0') && precision === undefined) digits = digits.padStart(width - sign.length, '0')
  return (sign + digits).padStart(width)
}

/**
 * `string.format` for integers of more than 32 bits, as times in milliseconds are: Lua in WebAssembly prints `%d` with
 * its own 32-bit integers. Such an argument becomes its text, and its item in the format `%s`.
 */
export function textFormat(owner: Natives): LuaFunction {
  return (state) => {
    const { lua } = owner
    const { api } = lua
    const format = lua.checkText(state, 1)
    let argument = 1
    const changed = format.replace(ITEM, (item, flags = '', width = '', precision, kind) => {
      if (kind === undefined) return item
      argument++
      if (!'diouxX'.includes(kind) || flags.length > 5 || width.length > 2 || (precision?.length ?? 0) > 2)
        return item
      if (api.lua_type(state, argument) <= TYPE.nil || api.lua_isnumber(state, argument) === 0) return item
      const value = Math.trunc(api.lua_tonumber(state, argument))
      if (value >= (kind === 'd' || kind === 'i' ? -MAX_INT32 : 0) && value < MAX_INT32) return item
      const whole = 'di'.includes(kind) ? toInt64(value) : toUint64(value)
      lua.push(state, integer(whole, flags, Number(width), precision, kind))
      api.lua_replace(state, argument)
      return '%s'
    })
    if (changed !== format) {
      lua.push(state, changed)
      api.lua_replace(state, 1)
    }
    return lua.become(state, owner.native.get('string.format')!)
  }
}
