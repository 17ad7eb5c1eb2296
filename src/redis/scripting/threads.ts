import {
  ALL_RESULTS,
  DONE,
  type Lua,
  LuaError,
  type LuaFunction,
  MASK_COUNT,
  MASK_LINE,
  TYPE,
  YIELDED,
} from './lua.js'

/** Instructions between two looks at the time. */
export const HOOK_INSTRUCTIONS = 100_000
/** As deep as Lua lets functions of C call one another. */
const MAX_DEPTH = 195

/** Values of the main state that a frame needs at most. */
const ROOM = 5

type Kind = 'script' | 'pcall' | 'xpcall' | 'handler' | 'coroutine'

/** A state that runs or waits for the one above it. */
interface Frame {
  readonly state: number
  readonly kind: Kind
  /** How high the main state's stack was before: what keeps the state from being collected lies above. */
  below: number
}

/** What a running state asks of the scheduler when it yields. */
type Request = 'pcall' | 'xpcall' | 'resume' | 'pause'

/** What to do when a script has run for another `HOOK_INSTRUCTIONS`. */
export type Verdict = 'go on' | 'pause' | 'end'

const ACROSS = 'attempt to yield across metamethod/C-call boundary'
const KILLED = 'ERR Script killed by user with SCRIPT KILL...'

/**
 * Runs a script so that it can pause anywhere in it. Lua 5.1 can't yield across `pcall`, nor out of a coroutine's caller,
 * so both run in states of their own that this resumes one after the other, instead of one within the other. In
 * functions that C calls (comparisons of `table.sort`, replacements of `string.gsub`, metamethods) a script can't pause.
 */
export class Threads {
  private readonly frames: Frame[] = []
  private request: Request | undefined
  /** How many values the next resumed state gets. */
  private passed = 0
  /** How many schedulers run within one another, for coroutines in functions that C calls. */
  private nested = 0
  private isKilled = false

  /** The Lua that has this one's functions. */
  lua!: Lua

  constructor(private readonly judge: (canPause: boolean) => Verdict) {}

  /** The state that runs, has paused or has failed. */
  get top(): number {
    return this.frames[this.frames.length - 1].state
  }

  /** Prepares the function on top of the main state to run. */
  begin(): void {
    const { api, state } = this.lua
    this.isKilled = false
    this.passed = 0
    api.lua_sethook(state, this.lua.hookPointer, MASK_COUNT, HOOK_INSTRUCTIONS)
    this.enter('script', state, 1)
  }

  /** Runs on, until the script is done, has failed or has paused. */
  run(): 'done' | 'failed' | 'paused' {
    return this.drive(0)
  }

  /** Makes the script fail at its next instruction. */
  kill(): void {
    this.isKilled = true
    this.lua.api.lua_sethook(this.top, this.lua.hookPointer, MASK_COUNT, 1)
  }

  /** Leaves the script wherever it is. */
  end(): void {
    const { api, state } = this.lua
    if (this.frames.length > 0) api.lua_settop(state, this.frames[0].below)
    this.frames.length = 0
    this.nested = 0
    this.request = undefined
  }

  private drive(base: number): 'done' | 'failed' | 'paused' {
    const { api } = this.lua
    for (;;) {
      const frame = this.frames[this.frames.length - 1]
      const { passed } = this
      this.passed = 0
      const status = api.lua_resume(frame.state, passed)
      const { request } = this
      this.request = undefined
      if (status === YIELDED && request !== undefined) {
        if (request === 'pause') return 'paused'
        this.follow(request, frame.state)
        continue
      }
      const isFine = status === DONE || status === YIELDED
      if (this.frames.length - 1 === base) return isFine ? 'done' : 'failed'
      this.leave(frame, isFine)
    }
  }

  /** Begins what a state has asked for, with the values that it has yielded. */
  private follow(request: Request, from: number): void {
    const { api } = this.lua
    const count = api.lua_gettop(from)
    if (request === 'pcall') this.enter('pcall', from, count)
    else if (request === 'xpcall') {
      api.lua_xmove(from, this.lua.state, 1)
      this.enter('xpcall', from, 1, 1)
    } else this.enterCoroutine(from)
  }

  /** Moves values from a state to a new one, the first of them the function that it runs. */
  private enter(kind: Kind, from: number, count: number, kept = 0): void {
    const { api, state } = this.lua
    const below = api.lua_gettop(state) - kept - (from === state ? count : 0)
    this.makeRoom(state, ROOM)
    const own = api.lua_newthread(state)
    if (from === state) api.lua_insert(state, -1 - count)
    this.makeRoom(own, count)
    api.lua_xmove(from, own, count)
    this.frames.push({ state: own, kind, below })
    this.passed = count - 1
  }

  /** Resumes the coroutine at the bottom of a state's stack with what lies above it. */
  private enterCoroutine(from: number): void {
    const { api, state } = this.lua
    const own = api.lua_tothread(from, 1)
    const count = api.lua_gettop(from) - 1
    const below = api.lua_gettop(state)
    this.makeRoom(state, ROOM)
    this.makeRoom(own, count)
    api.lua_xmove(from, own, count)
    api.lua_xmove(from, state, 1)
    this.frames.push({ state: own, kind: 'coroutine', below })
    this.passed = count
  }

  /** Ends a frame, and gives its results to the state below it. */
  private leave({ state: own, kind, below }: Frame, isFine: boolean): void {
    const { api, state } = this.lua
    this.frames.pop()
    const to = this.frames[this.frames.length - 1].state
    if (!isFine && kind === 'xpcall') {
      // The handler is what was kept below the state.
      api.lua_pushvalue(state, below + 1)
      api.lua_xmove(own, state, 1)
      this.enter('handler', state, 2)
      this.frames[this.frames.length - 1].below = below
      return
    }
    this.passed = this.handOver(own, to, kind, isFine)
    api.lua_settop(state, below)
  }

  /** Pushes whether a state is fine, and its results or its error. */
  private handOver(own: number, to: number, kind: Kind, isFine: boolean): number {
    const { api } = this.lua
    if (!isFine && kind === 'pcall') this.plainError(own)
    if (isFine && kind === 'handler') api.lua_settop(own, 1)
    const count = isFine ? api.lua_gettop(own) : 1
    this.makeRoom(to, count + 1)
    api.lua_pushboolean(to, isFine && kind !== 'handler' ? 1 : 0)
    api.lua_xmove(own, to, count)
    return count + 1
  }

  private makeRoom(state: number, count: number): void {
    if (this.lua.api.lua_checkstack(state, count) === 0) throw new Error('too many values between functions')
  }

  /** Replaces an error that is a table by its text, as scripts for older versions of Redis expect of pcall. */
  private plainError(state: number): void {
    const { lua } = this
    const { api } = lua
    if (api.lua_type(state, -1) !== TYPE.table) return
    api.lua_getfield(state, -1, lua.name('err'))
    if (api.lua_type(state, -1) === TYPE.string) api.lua_remove(state, -2)
    else api.lua_settop(state, -2)
  }

  /** The coroutine that runs, undefined outside of any. */
  private get coroutine(): number | undefined {
    return this.frames.findLast(({ kind }) => kind === 'coroutine')?.state
  }

  readonly hook = (state: number): void => {
    const { lua } = this
    const canPause = this.nested === 0 && lua.canYield(state)
    const verdict = this.isKilled ? 'end' : this.judge(canPause)
    if (verdict === 'end') {
      this.isKilled = true
      this.endAtNextLine(state)
      lua.raise(state, new LuaError(KILLED, 'table'))
    }
    if (verdict !== 'pause') return
    this.request = 'pause'
    lua.api.lua_yield(state, 0)
  }

  /** Whatever catches the error of a script that is killed ends at its next line: up to the next coroutine. */
  private endAtNextLine(state: number): void {
    const { api, hookPointer } = this.lua
    api.lua_sethook(state, hookPointer, MASK_LINE, 0)
    for (let i = this.frames.length - 1; i >= 0 && this.frames[i].kind !== 'coroutine'; i--)
      api.lua_sethook(this.frames[i - 1]?.state ?? state, hookPointer, MASK_LINE, 0)
  }

  /** What of Lua's basic library runs functions. */
  readonly functions: Readonly<Record<string, LuaFunction>> = {
    pcall: (state) => {
      const { lua } = this
      const { api } = lua
      api.luaL_checkany(state, 1)
      // A function of C can't pause, but for those that ask for a state themselves.
      if (lua.canYieldFromC(state) && api.lua_iscfunction(state, 1) === 0) return this.ask('pcall', state)
      const isFine = api.lua_pcall(state, api.lua_gettop(state) - 1, ALL_RESULTS, 0) === DONE
      if (!isFine) this.plainError(state)
      api.lua_pushboolean(state, isFine ? 1 : 0)
      api.lua_insert(state, 1)
      return api.lua_gettop(state)
    },

    xpcall: (state) => {
      const { lua } = this
      const { api } = lua
      api.luaL_checkany(state, 2)
      api.lua_settop(state, 2)
      if (lua.canYieldFromC(state)) return this.ask('xpcall', state)
      api.lua_insert(state, 1)
      const isFine = api.lua_pcall(state, 0, ALL_RESULTS, 1) === DONE
      api.lua_pushboolean(state, isFine ? 1 : 0)
      api.lua_replace(state, 1)
      return api.lua_gettop(state)
    },

    'coroutine.resume': (state) => {
      const { lua } = this
      const { api } = lua
      const own = this.coroutineAt(state, 1)
      const status = this.statusOf(own)
      if (status !== 'suspended') {
        api.lua_pushboolean(state, 0)
        lua.push(state, `cannot resume ${status} coroutine`)
        return 2
      }
      if (lua.canYieldFromC(state)) return this.ask('resume', state)
      return this.resumeWithin(state)
    },

    'coroutine.status': (state) => {
      this.lua.push(state, this.statusOf(this.coroutineAt(state, 1)))
      return 1
    },

    'coroutine.running': (state) => {
      const { api } = this.lua
      const own = this.coroutine
      if (own === undefined) api.lua_pushnil(state)
      else {
        api.lua_pushthread(own)
        if (own !== state) api.lua_xmove(own, state, 1)
      }
      return 1
    },

    'coroutine.yield': (state) => {
      const { lua } = this
      if (this.frames[this.frames.length - 1].kind !== 'coroutine' || !lua.canYield(state))
        throw new LuaError(ACROSS, 'plain')
      return lua.api.lua_yield(state, lua.api.lua_gettop(state))
    },

    /** What a function of coroutine.wrap returns: raises the error of the coroutine. */
    'coroutine.results': (state) => {
      const { lua } = this
      const { api } = lua
      if (api.lua_toboolean(state, 1) !== 0) return api.lua_gettop(state) - 1
      // The error of wrap's function is that of its caller, one level further.
      if (api.lua_type(state, 2) === TYPE.string) {
        api.luaL_where(state, 2)
        api.lua_insert(state, -2)
        api.lua_concat(state, 2)
      }
      return api.lua_error(state)
    },
  }

  private ask(request: Request, state: number): number {
    const { api } = this.lua
    if (this.frames.length >= MAX_DEPTH) throw new LuaError('C stack overflow')
    this.request = request
    return api.lua_yield(state, api.lua_gettop(state))
  }

  /** Runs a coroutine from a function that C has called, until it yields or ends. */
  private resumeWithin(state: number): number {
    const { lua } = this
    const { api } = lua
    if (this.nested + this.frames.length >= MAX_DEPTH) throw new LuaError('C stack overflow')
    const base = this.frames.length
    this.enterCoroutine(state)
    this.nested++
    const isFine = this.drive(base) === 'done'
    this.nested--
    const { state: own, below } = this.frames.pop()!
    const count = this.handOver(own, state, 'coroutine', isFine)
    api.lua_settop(lua.state, below)
    this.passed = 0
    return count
  }

  private coroutineAt(state: number, index: number): number {
    const { lua } = this
    const own = lua.api.lua_tothread(state, index)
    if (own === 0) lua.api.luaL_argerror(state, index, lua.name('coroutine expected'))
    return own
  }

  private statusOf(own: number): 'running' | 'normal' | 'suspended' | 'dead' {
    const { lua } = this
    if (own === this.coroutine) return 'running'
    if (this.frames.some(({ state }) => state === own)) return 'normal'
    const status = lua.api.lua_status(own)
    if (status === YIELDED) return 'suspended'
    if (status !== DONE) return 'dead'
    if (lua.place(own, 0) !== undefined) return 'normal'
    return lua.api.lua_gettop(own) === 0 ? 'dead' : 'suspended'
  }
}
