import { formatDouble, toInt64 } from '../numbers.js'
import {
  BigNumber,
  Double,
  NO_ARRAY,
  RedisError,
  type Reply,
  Several,
  Status,
  Truth,
  Typed,
  Verbatim,
} from '../reply.js'
import { type Lua, TYPE } from './lua.js'

/** Pushes a reply as a script gets it in RESP2 or RESP3. */
export function pushReply(lua: Lua, state: number, reply: Reply | Several, protocol: 2 | 3): void {
  const { api } = lua
  if (typeof reply === 'string' || reply instanceof Uint8Array) lua.push(state, reply)
  else if (typeof reply === 'number') api.lua_pushnumber(state, reply)
  else if (typeof reply === 'bigint') api.lua_pushnumber(state, Number(reply))
  else if (reply === null || reply === NO_ARRAY) {
    if (protocol === 3) api.lua_pushnil(state)
    else api.lua_pushboolean(state, 0)
  } else if (reply instanceof Truth) {
    if (protocol === 3) api.lua_pushboolean(state, Number(reply.value))
    else api.lua_pushnumber(state, Number(reply.value))
  } else if (reply instanceof Status) {
    api.lua_createtable(state, 0, 1)
    lua.setText(state, 'ok', reply.text)
  } else if (reply instanceof RedisError) {
    lua.pushErrorTable(state, reply.text)
    api.lua_pushboolean(state, 1)
    lua.setField(state, 'ignore_error_stats_update')
  } else if (reply instanceof Double) pushDouble(lua, state, reply.value, protocol)
  else if (reply instanceof BigNumber || reply instanceof Verbatim) pushText(lua, state, reply, protocol)
  else if (reply instanceof Typed) pushTyped(lua, state, reply, protocol)
  else pushArray(lua, state, reply instanceof Several ? reply.replies : (reply as readonly Reply[]), protocol)
}

function pushDouble(lua: Lua, state: number, value: number, protocol: 2 | 3): void {
  if (protocol === 2) {
    lua.push(state, formatDouble(value))
    return
  }
  lua.api.lua_createtable(state, 0, 1)
  lua.api.lua_pushnumber(state, value)
  lua.setField(state, 'double')
}

function pushText(lua: Lua, state: number, reply: BigNumber | Verbatim, protocol: 2 | 3): void {
  if (protocol === 2) {
    lua.push(state, reply.text)
    return
  }
  lua.api.lua_createtable(state, 0, 1)
  if (reply instanceof BigNumber) {
    lua.setText(state, 'big_number', reply.text)
    return
  }
  lua.api.lua_createtable(state, 0, 2)
  lua.setText(state, 'string', reply.text)
  lua.setText(state, 'format', reply.format)
  lua.setField(state, 'verbatim_string')
}

function pushArray(lua: Lua, state: number, items: readonly Reply[], protocol: 2 | 3): void {
  const { api } = lua
  makeRoom(lua, state)
  api.lua_createtable(state, items.length, 0)
  for (let i = 0; i < items.length; i++) {
    pushReply(lua, state, items[i], protocol)
    api.lua_rawseti(state, -2, i + 1)
  }
}

function pushTyped(lua: Lua, state: number, { kind, items }: Typed, protocol: 2 | 3): void {
  const { api } = lua
  if (kind === 'pairs' && protocol === 3) {
    const pairs = Array.from({ length: items.length / 2 }, (_, i) => items.slice(2 * i, 2 * i + 2))
    pushArray(lua, state, pairs, protocol)
    return
  }
  if (protocol === 2 || (kind !== 'map' && kind !== 'set')) {
    pushArray(lua, state, items, protocol)
    return
  }
  makeRoom(lua, state)
  api.lua_createtable(state, 0, 1)
  api.lua_createtable(state, 0, items.length)
  const step = kind === 'map' ? 2 : 1
  for (let i = 0; i < items.length; i += step) {
    pushReply(lua, state, items[i], protocol)
    if (kind === 'map') pushReply(lua, state, items[i + 1], protocol)
    else api.lua_pushboolean(state, 1)
    api.lua_rawset(state, -3)
  }
  lua.setField(state, kind)
}

function makeRoom(lua: Lua, state: number): void {
  if (lua.api.lua_checkstack(state, 6) === 0) throw new Error('a reply is nested too deeply for Lua')
}

/** A text of Lua up to its first zero, as C reads it, without breaks of lines. */
export const line = (text: string) => text.split('\0', 1)[0].replace(/[\r\n]/g, ' ')

/** An error as a reply: breaks at its ends are left out. */
export const errorReply = (text: string) =>
  new RedisError(line(text.split('\0', 1)[0].replace(/^[\r\n]+|[\r\n]+$/g, '')))

function wholeNumber(value: number): number | bigint {
  if (Number.isSafeInteger(Math.trunc(value))) return Math.trunc(value) + 0
  return toInt64(value)
}

/** Removes the value on top of a stack and returns it as a reply. `protocol` is what the script has set. */
export function popReply(lua: Lua, state: number, protocol: 2 | 3): Reply {
  const { api } = lua
  if (api.lua_checkstack(state, 5) === 0) {
    api.lua_settop(state, -2)
    return new RedisError('ERR reached lua stack limit')
  }
  const top = api.lua_gettop(state)
  const reply = replyAt(lua, state, protocol)
  api.lua_settop(state, top - 1)
  return reply
}

function replyAt(lua: Lua, state: number, protocol: 2 | 3): Reply {
  const { api } = lua
  const type = api.lua_type(state, -1)
  if (type === TYPE.string) return lua.text(state, -1)!
  if (type === TYPE.number) return wholeNumber(api.lua_tonumber(state, -1))
  if (type === TYPE.boolean) {
    const isTrue = api.lua_toboolean(state, -1) !== 0
    if (protocol === 3) return new Truth(isTrue)
    return isTrue ? 1 : null
  }
  return type === TYPE.table ? tableReply(lua, state, protocol) : null
}

/** Pushes a field of the table on top, if it is of the type; otherwise nothing. */
function field(lua: Lua, state: number, name: string, type: number): boolean {
  const { api } = lua
  lua.push(state, name)
  api.lua_rawget(state, -2)
  if (api.lua_type(state, -1) === type) return true
  api.lua_settop(state, -2)
  return false
}

function tableReply(lua: Lua, state: number, protocol: 2 | 3): Reply {
  const { api } = lua
  if (field(lua, state, 'err', TYPE.string)) return errorReply(lua.text(state, -1)!)
  if (field(lua, state, 'ok', TYPE.string)) return new Status(line(lua.text(state, -1)!))
  if (field(lua, state, 'double', TYPE.number)) return new Double(api.lua_tonumber(state, -1))
  if (field(lua, state, 'big_number', TYPE.string))
    return new BigNumber(lua.text(state, -1)!.replace(/[\r\n]/g, ' '))
  const verbatim = verbatimReply(lua, state)
  if (verbatim) return verbatim
  for (const kind of ['map', 'set'] as const)
    if (field(lua, state, kind, TYPE.table)) return new Typed(kind, members(lua, state, kind, protocol))
  const items: Reply[] = []
  for (let i = 1; ; i++) {
    api.lua_rawgeti(state, -1, i)
    if (api.lua_type(state, -1) === TYPE.nil) return items
    items.push(popReply(lua, state, protocol))
  }
}

function verbatimReply(lua: Lua, state: number): Verbatim | undefined {
  if (!field(lua, state, 'verbatim_string', TYPE.table)) return undefined
  let verbatim: Verbatim | undefined
  if (field(lua, state, 'format', TYPE.string)) {
    const format = lua.text(state, -1)!
    lua.api.lua_settop(state, -2)
    if (field(lua, state, 'string', TYPE.string)) {
      verbatim = new Verbatim(lua.text(state, -1)!, format.slice(0, 3))
      lua.api.lua_settop(state, -2)
    }
  }
  lua.api.lua_settop(state, -2)
  return verbatim
}

function members(lua: Lua, state: number, kind: 'map' | 'set', protocol: 2 | 3): Reply[] {
  const { api } = lua
  const items: Reply[] = []
  api.lua_pushnil(state)
  while (api.lua_next(state, -2) !== 0) {
    const value = popReply(lua, state, protocol)
    api.lua_pushvalue(state, -1)
    items.push(popReply(lua, state, protocol))
    if (kind === 'map') items.push(value)
  }
  return items
}
