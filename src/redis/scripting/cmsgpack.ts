import { LuaError, type LuaFunction, type Owner, TYPE } from './lua.js'

const MAX_NESTING = 16
const MAX_INT64 = 2 ** 63
const MAX_INT32 = 2 ** 31

/** Sizes that a type's byte is followed by, for what has 16 and 32 bits of them. */
const ARRAY = { fixed: 0x90, two: 0xdc, four: 0xdd }
const MAP = { fixed: 0x80, two: 0xde, four: 0xdf }
const INTEGERS: Readonly<Record<number, readonly [bytes: number, isSigned: boolean]>> = {
  204: [1, false],
  205: [2, false],
  206: [4, false],
  207: [8, true],
  208: [1, true],
  209: [2, true],
  210: [4, true],
  211: [8, true],
}
const SIZED: Readonly<Record<number, readonly [bytes: number, kind: 'text' | 'array' | 'map']>> = {
  217: [1, 'text'],
  218: [2, 'text'],
  219: [4, 'text'],
  220: [2, 'array'],
  221: [4, 'array'],
  222: [2, 'map'],
  223: [4, 'map'],
}

/** A number as so many bytes, the highest first. */
function big(value: number, bytes: number): string {
  const all = Buffer.alloc(8)
  all.writeBigUInt64BE(BigInt.asUintN(64, BigInt(value)))
  return all.toString('latin1', 8 - bytes)
}

const byte = (value: number) => String.fromCharCode(value & 0xff)

function integer(value: number): string {
  if (value >= 0) {
    if (value <= 0x7f) return byte(value)
    if (value <= 0xff) return `\xcc${byte(value)}`
    if (value <= 0xffff) return `\xcd${big(value, 2)}`
    return value <= 0xffffffff ? `\xce${big(value, 4)}` : `\xcf${big(value, 8)}`
  }
  if (value >= -32) return byte(value)
  if (value >= -128) return `\xd0${byte(value)}`
  if (value >= -32768) return `\xd1${big(value, 2)}`
  return value >= -MAX_INT32 ? `\xd2${big(value, 4)}` : `\xd3${big(value, 8)}`
}

function number(value: number): string {
  if (Number.isInteger(value) && value >= -MAX_INT64 && value < MAX_INT64) return integer(value)
  const isSingle = Math.fround(value) === value
  const bytes = Buffer.alloc(isSingle ? 4 : 8)
  if (isSingle) bytes.writeFloatBE(value)
  else bytes.writeDoubleBE(value)
  return (isSingle ? '\xca' : '\xcb') + bytes.toString('latin1')
}

function text(value: string): string {
  const { length } = value
  if (length < 32) return byte(0xa0 | length) + value
  if (length <= 0xff) return `\xd9${byte(length)}${value}`
  return (length <= 0xffff ? `\xda${big(length, 2)}` : `\xdb${big(length, 4)}`) + value
}

function head({ fixed, two, four }: typeof ARRAY, count: number): string {
  if (count <= 15) return byte(fixed | count)
  return count <= 0xffff ? byte(two) + big(count, 2) : byte(four) + big(count, 4)
}

/** Where a text is being read. */
interface Cursor {
  readonly bytes: Buffer
  at: number
}

/** The library `cmsgpack`: MessagePack, whose specification has the bytes of each type. */
export function messagePackLibrary(owner: Owner): Record<string, LuaFunction> {
  /** The value on top of the stack, which is removed. */
  const encoded = (state: number, depth: number): string => {
    const { lua } = owner
    const { api } = lua
    const type = api.lua_type(state, -1)
    let result = '\xc0'
    if (type === TYPE.string) result = text(lua.text(state, -1)!)
    else if (type === TYPE.boolean) result = api.lua_toboolean(state, -1) === 0 ? '\xc2' : '\xc3'
    else if (type === TYPE.number) result = number(api.lua_tonumber(state, -1))
    else if (type === TYPE.table && depth < MAX_NESTING) result = table(state, depth + 1)
    api.lua_settop(state, -2)
    return result
  }

  /** Calls for every key of the table on top with the key on top, until false is returned. */
  const eachKey = (state: number, visit: () => boolean) => {
    const { api } = owner.lua
    if (api.lua_checkstack(state, 3) === 0)
      throw new LuaError('stack overflow (in function table_is_an_array)')
    api.lua_pushnil(state)
    while (api.lua_next(state, -2) !== 0) {
      api.lua_settop(state, -2)
      if (visit()) continue
      api.lua_settop(state, -2)
      return
    }
  }

  const isArray = (state: number): boolean => {
    const { api } = owner.lua
    let [count, most, isFine] = [0, 0, true]
    eachKey(state, () => {
      const key = api.lua_type(state, -1) === TYPE.number ? api.lua_tonumber(state, -1) : 0
      isFine = key > 0 && key < MAX_INT32 && Number.isInteger(key)
      most = Math.max(most, key)
      count++
      return isFine
    })
    return isFine && most === count
  }

  const table = (state: number, depth: number): string => {
    const { api } = owner.lua
    if (isArray(state)) {
      const count = api.lua_objlen(state, -1)
      const items = [head(ARRAY, count)]
      for (let i = 1; i <= count; i++) {
        api.lua_pushnumber(state, i)
        api.lua_gettable(state, -2)
        items.push(encoded(state, depth))
      }
      return items.join('')
    }
    let count = 0
    const items: string[] = []
    eachKey(state, () => {
      api.lua_pushvalue(state, -1)
      api.lua_pushvalue(state, -1)
      items.push(encoded(state, depth))
      api.lua_rawget(state, -3)
      items.push(encoded(state, depth))
      count++
      return true
    })
    return head(MAP, count) + items.join('')
  }

  const missing = () => new LuaError('Missing bytes in input.')

  /** Takes so many bytes; raises where there are fewer. */
  const take = (cursor: Cursor, count: number): number => {
    const { at } = cursor
    if (cursor.bytes.length - at < count) throw missing()
    cursor.at += count
    return at
  }

  const decode = (state: number, cursor: Cursor): void => {
    const { lua } = owner
    const { api } = lua
    const first = cursor.bytes[take(cursor, 1)]
    if (api.lua_checkstack(state, 3) === 0)
      throw new LuaError(
        'stack overflow (too many return values at once; use unpack_one or unpack_limit instead.)',
      )
    const pushText = (length: number) => {
      const at = take(cursor, length)
      lua.push(state, cursor.bytes.subarray(at, at + length))
    }
    if (first < 0x80 || first >= 0xe0) api.lua_pushnumber(state, first < 0x80 ? first : first - 256)
    else if (first < 0x90) decodeMap(state, cursor, first & 0xf)
    else if (first < 0xa0) decodeArray(state, cursor, first & 0xf)
    else if (first < 0xc0) pushText(first & 0x1f)
    else if (first === 0xc0) api.lua_pushnil(state)
    else if (first === 0xc2 || first === 0xc3) api.lua_pushboolean(state, first - 0xc2)
    else if (first === 0xca) api.lua_pushnumber(state, cursor.bytes.readFloatBE(take(cursor, 4)))
    else if (first === 0xcb) api.lua_pushnumber(state, cursor.bytes.readDoubleBE(take(cursor, 8)))
    else if (INTEGERS[first]) {
      const [size, isSigned] = INTEGERS[first]
      const at = take(cursor, size)
      if (size === 8) api.lua_pushnumber(state, Number(cursor.bytes.readBigInt64BE(at)))
      else
        api.lua_pushnumber(
          state,
          isSigned ? cursor.bytes.readIntBE(at, size) : cursor.bytes.readUIntBE(at, size),
        )
    } else if (SIZED[first]) {
      const [size, kind] = SIZED[first]
      const length = cursor.bytes.readUIntBE(take(cursor, size), size)
      if (kind === 'text') pushText(length)
      else if (kind === 'array') decodeArray(state, cursor, length)
      else decodeMap(state, cursor, length)
    } else throw new LuaError('Bad data format in input.')
  }

  const decodeArray = (state: number, cursor: Cursor, length: number) => {
    const { api } = owner.lua
    api.lua_createtable(state, 0, 0)
    for (let i = 1; i <= length; i++) {
      decode(state, cursor)
      api.lua_rawseti(state, -2, i)
    }
  }

  const decodeMap = (state: number, cursor: Cursor, length: number) => {
    const { api } = owner.lua
    api.lua_createtable(state, 0, 0)
    for (let i = 0; i < length; i++) {
      decode(state, cursor)
      decode(state, cursor)
      api.lua_settable(state, -3)
    }
  }

  /** Reads up to `limit` values from `offset`; both 0 stand for all. */
  const unpack = (state: number, limit: bigint, offset: bigint): number => {
    const { lua } = owner
    const { api } = lua
    const bytes = Buffer.from(lua.checkText(state, 1), 'latin1')
    const shown = BigInt.asIntN(32, offset)
    if (offset < 0 || limit < 0)
      throw new LuaError(`Invalid request to unpack with offset of ${shown} and limit of ${bytes.length}.`)
    if (offset > bytes.length)
      throw new LuaError(`Start offset ${shown} greater than input length ${bytes.length}.`)
    const isAll = limit === 0n && offset === 0n
    const cursor = { bytes, at: Number(offset) }
    let count = 0
    for (; cursor.at < bytes.length && (isAll || count < limit); count++) decode(state, cursor)
    if (isAll) return count
    api.lua_pushnumber(state, cursor.at === bytes.length ? -1 : cursor.at)
    api.lua_insert(state, 2)
    return count + 1
  }

  return {
    pack: (state) => {
      const { lua } = owner
      const { api } = lua
      const count = api.lua_gettop(state)
      if (count === 0) api.luaL_argerror(state, 0, lua.name('MessagePack pack needs input.'))
      let packed = ''
      for (let i = 1; i <= count; i++) {
        api.lua_pushvalue(state, i)
        packed += encoded(state, 0)
      }
      lua.push(state, packed)
      return 1
    },
    unpack: (state) => unpack(state, 0n, 0n),
    unpack_one: (state) => {
      const offset = owner.lua.checkInt64(state, 2, 0n)
      owner.lua.api.lua_settop(state, 1)
      return unpack(state, 1n, offset)
    },
    unpack_limit: (state) => {
      const limit = owner.lua.checkInt64(state, 2)
      const offset = owner.lua.checkInt64(state, 3, 0n)
      owner.lua.api.lua_settop(state, 1)
      return unpack(state, limit, offset)
    },
  }
}
