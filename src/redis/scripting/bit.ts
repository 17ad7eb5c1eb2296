import type { LuaFunction, Owner } from './lua.js'

/** An operation on two numbers of 32 bits. */
type Operation = (a: number, b: number) => number

const MODULO = 2 ** 32
const ROUNDING = 2 ** 52 + 2 ** 51

/** The library `bit` of LuaJIT: operations on integers of 32 bits. */
export function bitLibrary(owner: Owner): Record<string, LuaFunction> {
  const double = new DataView(new ArrayBuffer(8))
  /** The lowest bits of a double to which 2^52 + 2^51 is added: the number, rounded to the nearest even integer. */
  const bits = (state: number, index: number): number => {
    double.setFloat64(0, owner.lua.api.luaL_checknumber(state, index) + ROUNDING)
    return double.getInt32(4)
  }
  const answer = (state: number, value: number) => {
    owner.lua.api.lua_pushnumber(state, value | 0)
    return 1
  }
  const several =
    (apply: Operation): LuaFunction =>
    (state) => {
      let value = bits(state, 1)
      for (let i = owner.lua.api.lua_gettop(state); i > 1; i--) value = apply(value, bits(state, i))
      return answer(state, value)
    }
  const shift =
    (apply: Operation): LuaFunction =>
    (state) =>
      answer(state, apply(bits(state, 1), bits(state, 2) & 31))
  return {
    tobit: (state) => answer(state, bits(state, 1)),
    bnot: (state) => answer(state, ~bits(state, 1)),
    band: several((a, b) => a & b),
    bor: several((a, b) => a | b),
    bxor: several((a, b) => a ^ b),
    lshift: shift((a, n) => a << n),
    rshift: shift((a, n) => a >>> n),
    arshift: shift((a, n) => a >> n),
    rol: shift((a, n) => (a << n) | (a >>> (32 - n))),
    ror: shift((a, n) => (a << (32 - n)) | (a >>> n)),
    bswap: (state) => {
      const value = bits(state, 1)
      return answer(
        state,
        (value >>> 24) | ((value >>> 8) & 0xff00) | ((value & 0xff00) << 8) | (value << 24),
      )
    },
    tohex: (state) => {
      const { lua } = owner
      const value = bits(state, 1)
      const wanted = lua.api.lua_gettop(state) < 2 ? 8 : bits(state, 2)
      const digits = Math.min(8, Math.abs(wanted))
      const text = ((value + MODULO) % MODULO)
        .toString(16)
        .padStart(8, '0')
        .slice(8 - digits)
      lua.push(state, wanted < 0 ? text.toUpperCase() : text)
      return 1
    },
  }
}
