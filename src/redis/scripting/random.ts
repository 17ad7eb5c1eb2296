import { LuaError, type LuaFunction, type Owner } from './lua.js'

const MULTIPLIER = 0x5deece66dn
const INCREMENT = 0xbn
const MASK = 2n ** 48n - 1n
const FIRST = 0x1234abcd330en
const LOW_BITS_OF_SEED = 0x330en
const MAX = 2 ** 31 - 1

/**
 * `math.random` and `math.randomseed` of Redis: the linear congruential generator of 48 bits of POSIX's lrand48(), which
 * gives the same numbers after the same seed on every machine.
 */
export function randomLibrary(owner: Owner): Record<string, LuaFunction> {
  let value = FIRST
  const next = () => {
    value = (value * MULTIPLIER + INCREMENT) & MASK
    return (Number(value >> 17n) % MAX) / MAX
  }
  const interval = (isFine: boolean, state: number, argument: number) => {
    const { lua } = owner
    if (!isFine) lua.api.luaL_argerror(state, argument, lua.name('interval is empty'))
  }
  return {
    random: (state) => {
      const { api } = owner.lua
      const drawn = next()
      const count = api.lua_gettop(state)
      if (count > 2) throw new LuaError('wrong number of arguments')
      if (count === 0) {
        api.lua_pushnumber(state, drawn)
        return 1
      }
      const first = owner.lua.checkInt(state, 1)
      const [low, high] = count === 1 ? [1, first] : [first, owner.lua.checkInt(state, 2)]
      interval(low <= high, state, count)
      api.lua_pushnumber(state, Math.floor(drawn * (high - low + 1)) + low)
      return 1
    },
    randomseed: (state) => {
      const seed = owner.lua.checkInt(state, 1)
      value = (BigInt.asUintN(32, BigInt(seed)) << 16n) | LOW_BITS_OF_SEED
      return 0
    },
  }
}
