import { RedisError, type Reply } from '../reply.js'
import { type Lua, TYPE } from './lua.js'
import { line } from './replies.js'

/** The chunk in which coroutine.wrap is made. */
export const WRAP_SOURCE = '=coroutine.wrap'

/** How a script has ended, or that it has paused. An error that a command has already counted is no new one. */
export type Outcome = { readonly reply: Reply; readonly isCounted?: boolean } | 'paused'

/** Whether the value on top is an error that a command has already counted. */
export function isCounted(lua: Lua, state: number): boolean {
  if (lua.api.lua_type(state, -1) !== TYPE.table) return false
  lua.push(state, 'ignore_error_stats_update')
  lua.api.lua_rawget(state, -2)
  const isThere = lua.api.lua_toboolean(state, -1) !== 0
  lua.api.lua_settop(state, -2)
  return isThere
}

/** The reply to an error that nothing has caught, which is on top of the stack of where it was raised. */
export function failure(lua: Lua, state: number, sha: string): Outcome {
  const { api } = lua
  const isTable = api.lua_type(state, -1) === TYPE.table
  const wasCounted = isCounted(lua, state)
  let message: string | undefined
  if (isTable) {
    lua.push(state, 'err')
    api.lua_rawget(state, -2)
    message = lua.text(state, -1)
  } else message = `ERR ${described(lua, state)}`
  const place = placeOf(lua, state)
  const where = place ? ` script: ${sha}, on ${place.source}:${place.line}.` : ''
  return { reply: new RedisError(`${line(message ?? '(null)')}${where}`), isCounted: wasCounted }
}

function described(lua: Lua, state: number): string {
  const type = lua.api.lua_type(state, -1)
  if (type === TYPE.boolean) return lua.api.lua_toboolean(state, -1) === 0 ? 'false' : 'true'
  if (type === TYPE.nil) return 'nil'
  return lua.text(state, -1) ?? `value of type ${type}`
}

/** Where an error was raised: for a function of C, its caller's place. */
function placeOf(lua: Lua, state: number): { source: string; line: number } | undefined {
  let place = lua.place(state, 0)
  if (place?.what !== 'C') return place
  place = lua.place(state, 1)
  return place?.source === WRAP_SOURCE ? lua.place(state, 2) : place
}
