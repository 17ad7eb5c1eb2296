import { formatGeneral } from '../numbers.js'
import { JsonDecoder } from './json-decoder.js'
import { type Lua, LuaError, type LuaFunction, type Owner, TYPE } from './lua.js'

const MAX_INT = 2 ** 31 - 1
const MAX_PRECISION = 14
const TYPE_NAMES = [
  'nil',
  'boolean',
  'userdata',
  'number',
  'string',
  'table',
  'function',
  'userdata',
  'thread',
]

/** What the functions of the library set, for all later scripts. */
const defaults = () => ({
  convertsSparse: false,
  sparseRatio: 2,
  sparseSafe: 10,
  encodeDepth: 1000,
  decodeDepth: 1000,
  precision: MAX_PRECISION,
  keepsBuffer: true,
  encodesInvalid: 'off' as 'off' | 'on' | 'null',
  decodesInvalid: true,
})
type Options = ReturnType<typeof defaults>

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '/': '\\/',
  '\\': '\\\\',
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that JSON escapes
const ESCAPED = /[\0-\x1f"/\\\x7f]/g
const escaped = (char: string) => ESCAPES[char] ?? `\\u00${char.charCodeAt(0).toString(16).padStart(2, '0')}`

/** Writes the value on top of a stack as JSON. */
class JsonEncoder {
  constructor(
    private readonly lua: Lua,
    private readonly state: number,
    private readonly options: Options,
  ) {}

  encode(depth: number): string {
    const { lua, state } = this
    const { api } = lua
    const type = api.lua_type(state, -1)
    if (type === TYPE.string) return this.text(-1)
    if (type === TYPE.number) return this.number(-1)
    if (type === TYPE.boolean) return api.lua_toboolean(state, -1) === 0 ? 'false' : 'true'
    if (type === TYPE.nil || (type === TYPE.lightUserdata && api.lua_touserdata(state, -1) === 0))
      return 'null'
    if (type !== TYPE.table) throw this.refused(-1, 'type not supported')
    if (depth + 1 > this.options.encodeDepth || api.lua_checkstack(state, 3) === 0)
      throw new LuaError(`Cannot serialise, excessive nesting (${depth + 1})`)
    const length = this.arrayLength()
    return length > 0 ? this.array(length, depth + 1) : this.object(depth + 1)
  }

  private refused(index: number, reason: string): LuaError {
    const type = this.lua.api.lua_type(this.state, index)
    return new LuaError(`Cannot serialise ${TYPE_NAMES[type]}: ${reason}`)
  }

  private text(index: number): string {
    return `"${this.lua.text(this.state, index)!.replace(ESCAPED, escaped)}"`
  }

  private number(index: number): string {
    const { lua, state, options } = this
    const value = lua.api.lua_tonumber(state, index)
    if (!Number.isFinite(value)) {
      if (options.encodesInvalid === 'off') throw this.refused(index, 'must not be NaN or Inf')
      if (options.encodesInvalid === 'null') return 'null'
      if (Number.isNaN(value)) return 'nan'
      return value > 0 ? 'inf' : '-inf'
    }
    return formatGeneral(value, options.precision)
  }

  /** The largest index of a table without other keys than positive integers, otherwise -1. */
  private arrayLength(): number {
    const { state, options } = this
    const { api } = this.lua
    let [most, count] = [0, 0]
    api.lua_pushnil(state)
    while (api.lua_next(state, -2) !== 0) {
      const key = api.lua_type(state, -2) === TYPE.number ? api.lua_tonumber(state, -2) : 0
      if (!Number.isInteger(key) || key < 1) {
        api.lua_settop(state, -3)
        return -1
      }
      most = Math.max(most, key)
      count++
      api.lua_settop(state, -2)
    }
    const { sparseRatio, sparseSafe, convertsSparse } = options
    if (sparseRatio <= 0 || most <= count * sparseRatio || most <= sparseSafe) return most
    if (!convertsSparse) throw this.refused(-1, 'excessively sparse array')
    return -1
  }

  private array(length: number, depth: number): string {
    const { state } = this
    const { api } = this.lua
    const items: string[] = []
    for (let i = 1; i <= length; i++) {
      api.lua_rawgeti(state, -1, i)
      items.push(this.encode(depth))
      api.lua_settop(state, -2)
    }
    return `[${items.join(',')}]`
  }

  private object(depth: number): string {
    const { state } = this
    const { api } = this.lua
    const items: string[] = []
    api.lua_pushnil(state)
    while (api.lua_next(state, -2) !== 0) {
      const type = api.lua_type(state, -2)
      if (type !== TYPE.number && type !== TYPE.string)
        throw this.refused(-2, 'table key must be a number or string')
      const key = type === TYPE.number ? `"${this.number(-2)}"` : this.text(-2)
      items.push(`${key}:${this.encode(depth)}`)
      api.lua_settop(state, -2)
    }
    return `{${items.join(',')}}`
  }
}

/** The library `cjson`. */
export function jsonLibrary(owner: Owner): Record<string, LuaFunction> {
  const options = defaults()

  const atMost = (state: number, count: number) => {
    const { lua } = owner
    if (lua.api.lua_gettop(state) > count)
      lua.api.luaL_argerror(state, count + 1, lua.name('found too many arguments'))
    lua.api.lua_settop(state, count)
  }
  const one = (state: number) => {
    const { lua } = owner
    if (lua.api.lua_gettop(state) !== 1) lua.api.luaL_argerror(state, 1, lua.name('expected 1 argument'))
  }
  const isGiven = (state: number, index: number) => owner.lua.api.lua_type(state, index) > TYPE.nil

  type Named<T> = { [K in keyof Options]: Options[K] extends T ? K : never }[keyof Options]
  const whole = (state: number, index: number, name: Named<number>, least: number, most: number) => {
    const { lua } = owner
    if (isGiven(state, index)) {
      const value = lua.checkInt(state, index)
      if (value < least || value > most)
        lua.api.luaL_argerror(state, 1, lua.name(`expected integer between ${least} and ${most}`))
      options[name] = value
    }
    lua.api.lua_pushnumber(state, options[name])
    return 1
  }
  /** Reads one of some words, or a boolean for the first two of them. */
  const word = (state: number, index: number, words: readonly string[], before: string): string => {
    const { lua } = owner
    const { api } = lua
    let chosen = before
    if (isGiven(state, index)) {
      if (api.lua_type(state, index) === TYPE.boolean) chosen = words[api.lua_toboolean(state, index)]
      else {
        chosen = lua.checkText(state, index)
        if (!words.includes(chosen)) {
          lua.push(state, `invalid option '${chosen}'`)
          api.luaL_argerror(state, index, api.lua_tolstring(state, -1, 0))
        }
      }
    }
    if (chosen === words[0] || chosen === words[1]) api.lua_pushboolean(state, words.indexOf(chosen))
    else lua.push(state, chosen)
    return chosen
  }
  const flag = (state: number, index: number, name: Named<boolean>) => {
    options[name] = word(state, index, ['off', 'on'], options[name] ? 'on' : 'off') === 'on'
    return 1
  }
  const setting =
    (name: Named<number>, least: number, most: number): LuaFunction =>
    (state) => {
      atMost(state, 1)
      return whole(state, 1, name, least, most)
    }
  const flagSetting =
    (name: Named<boolean>): LuaFunction =>
    (state) => {
      atMost(state, 1)
      return flag(state, 1, name)
    }

  return {
    encode: (state) => {
      one(state)
      const { lua } = owner
      lua.push(state, new JsonEncoder(lua, state, options).encode(0))
      return 1
    },
    decode: (state) => {
      one(state)
      const { lua } = owner
      const text = lua.checkText(state, 1)
      new JsonDecoder(lua, state, text, options.decodesInvalid, options.decodeDepth).decode()
      return 1
    },
    encode_sparse_array: (state) => {
      atMost(state, 3)
      flag(state, 1, 'convertsSparse')
      whole(state, 2, 'sparseRatio', 0, MAX_INT)
      whole(state, 3, 'sparseSafe', 0, MAX_INT)
      return 3
    },
    encode_max_depth: setting('encodeDepth', 1, MAX_INT),
    decode_max_depth: setting('decodeDepth', 1, MAX_INT),
    encode_number_precision: setting('precision', 1, MAX_PRECISION),
    encode_keep_buffer: flagSetting('keepsBuffer'),
    decode_invalid_numbers: flagSetting('decodesInvalid'),
    encode_invalid_numbers: (state) => {
      atMost(state, 1)
      options.encodesInvalid = word(state, 1, ['off', 'on', 'null'], options.encodesInvalid) as 'off'
      return 1
    },
  }
}
