import { DONE, type Lua, LuaError, type LuaFunction, type Owner, TYPE } from './lua.js'

/** Whose functions call Lua's own, which are pointers by name. */
export interface Natives extends Owner {
  readonly native: ReadonlyMap<string, number>
}

/** A place in a text that no text has. */
const FAR = 2 ** 31 - 1

/** Keeps places in a text, which have 32 bits here and 64 in Redis, behind both ends of every text. */
const places =
  (...positions: readonly number[]) =>
  ({ api }: Lua, state: number) => {
    for (const position of positions) {
      if (api.lua_isnumber(state, position) === 0) continue
      const place = api.lua_tonumber(state, position)
      // As x86 converts them, those beyond 64 bits are before every text.
      if (!(place > FAR && place < 2 ** 63)) continue
      api.lua_pushnumber(state, FAR)
      api.lua_replace(state, position)
    }
  }

/** Checks two numbers, the last first. */
const lastFirst = ({ api }: Lua, state: number) => {
  for (const position of [2, 1]) api.luaL_checknumber(state, position)
}

/** What is done before functions of Lua's own run that Redis's scripts get as they are. */
export const PREPARED: Readonly<Record<string, (lua: Lua, state: number) => void>> = {
  'string.byte': places(2, 3),
  'string.find': places(3),
  'string.match': places(3),
  'string.sub': places(2, 3),
  'math.atan2': lastFirst,
  'math.fmod': lastFirst,
  'math.ldexp': lastFirst,
  'math.mod': lastFirst,
  'math.pow': lastFirst,
}

const prepared = (owner: Natives): Record<string, LuaFunction> =>
  Object.fromEntries(
    Object.entries(PREPARED).map(([name, prepare]) => [
      name,
      (state) => {
        prepare(owner.lua, state)
        return owner.lua.become(state, owner.native.get(name)!)
      },
    ]),
  )

/**
 * Functions of Lua's own libraries that Redis's scripts get in another form, and what a name that doesn't exist calls;
 * `cjson` names the functions of that library.
 */
export const baseLibrary = (owner: Natives, cjson: readonly string[]): Record<string, LuaFunction> => ({
  ...prepared(owner),
  'string.rep': (state) => repeat(owner, state),
  tonumber: (state) => toNumber(owner, state),
  load: (state) => load(owner, state),
  loadstring: (state) => loadText(owner, state, owner.lua.checkText(state, 1)),
  unknown: (state) => unknownGlobal(owner, state),
  'cjson.new': (state) => newJson(owner, state, cjson),
})

/** string.rep: Lua's own adds the text to a buffer once for each time, which takes seconds for millions of times. */
function repeat({ lua }: Owner, state: number): number {
  const text = lua.checkText(state, 1)
  const count = lua.checkInt(state, 2)
  lua.pushRepeated(state, count > 0 ? text : '', count)
  return 1
}

/** tonumber: Lua's own reads a text in a base other than 10 as an integer of 32 bits, where Redis has 64. */
function toNumber({ lua, native }: Natives, state: number): number {
  const { api } = lua
  const base = lua.checkInt(state, 2, 10n)
  if (base === 10) return lua.become(state, native.get('tonumber')!)
  const text = lua.checkText(state, 1)
  if (base < 2 || base > 36) api.luaL_argerror(state, 2, lua.name('base out of range'))
  const value = unsigned(text, base)
  if (value === undefined) api.lua_pushnil(state)
  else api.lua_pushnumber(state, Number(value))
  return 1
}

const INTEGER = /^[ \t-\r]*([-+]?)([\da-z]+)[ \t-\r]*(?:\0|$)/i
const MAX_UINT64 = 2n ** 64n - 1n

/** What C's strtoul() reads from a text; undefined where something else is in it. */
function unsigned(text: string, base: number): bigint | undefined {
  const [, sign, all] = INTEGER.exec(text) ?? []
  if (all === undefined) return undefined
  const digits = base === 16 ? all.replace(/^0x(?=[\da-f])/i, '') : all
  let value = 0n
  for (const digit of digits) {
    const one = Number.parseInt(digit, 36)
    if (one >= base) return undefined
    if (value <= MAX_UINT64) value = value * BigInt(base) + BigInt(one)
  }
  if (value > MAX_UINT64) return MAX_UINT64
  return sign === '-' ? BigInt.asUintN(64, -value) : value
}

function unknownGlobal({ lua }: Owner, state: number): number {
  if (lua.api.lua_gettop(state) !== 2)
    throw new LuaError('Wrong number of arguments to luaProtectedTableError')
  const name = lua.text(state, 2)
  if (name === undefined)
    throw new LuaError('Second argument to luaProtectedTableError must be a string or number')
  throw new LuaError(`Script attempted to access nonexistent global variable '${name}'`)
}

/** cjson.new: a table with the same functions, which scripts may change. */
function newJson({ lua }: Owner, state: number, names: readonly string[]): number {
  lua.api.lua_createtable(state, 0, names.length)
  for (const name of [...names, 'new']) {
    lua.pushFunction(state, `cjson.${name}`)
    lua.setField(state, name)
  }
  lua.api.lua_pushlightuserdata(state, 0)
  lua.setField(state, 'null')
  return 1
}

/** loadstring: a chunk from a text, without compiled ones. */
function loadText({ lua }: Owner, state: number, source: string, otherwise = source): number {
  const { api } = lua
  const chunk = api.lua_type(state, 2) <= TYPE.nil ? otherwise : lua.checkText(state, 2)
  if (lua.load(state, source, chunk)) return 1
  api.lua_pushnil(state)
  api.lua_insert(state, -2)
  return 2
}

/** load: a chunk from the pieces that a function returns. */
function load({ lua }: Owner, state: number): number {
  const { api } = lua
  let source = ''
  for (;;) {
    api.lua_pushvalue(state, 1)
    const isFine = api.lua_pcall(state, 0, 1, 0) === DONE
    const piece = api.lua_type(state, -1) === TYPE.nil ? '' : lua.text(state, -1)
    if (!isFine || piece === undefined) {
      if (isFine) lua.push(state, 'reader function must return a string')
      api.lua_pushnil(state)
      api.lua_insert(state, -2)
      return 2
    }
    api.lua_settop(state, -2)
    if (piece === '') return loadText({ lua }, state, source, '=(load)')
    source += piece
  }
}
