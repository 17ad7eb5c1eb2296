import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Functions of the binary, by their number, that write into a table which is their second argument. */
const WRITE_TO_TABLE = [418, 419]
/** `lua_setmetatable`, whose second argument is a place on the stack. */
const SET_METATABLE = 78
/** The import that a changed function calls when a table is read-only; `os.execute` would use it otherwise. */
const COMPLAIN = 18
const CODE_SECTION = 10
/** Where a table has the garbage collector's bits; their highest is free and marks read-only tables. */
export const MARKS_AT = 5
export const READ_ONLY = 0x80

/** `if (table.marked & READ_ONLY) complain(L)`, with the table on WebAssembly's stack. */
const CHECK_TABLE = [
  ...[0x2d, 0, MARKS_AT], // i32.load8_u
  ...[0x41, 0x80, 0x01, 0x71], // i32.const 128, i32.and
  ...[0x04, 0x40, 0x20, 0, 0x10, COMPLAIN, 0x1a, 0x0b], // if, local.get 0, call, drop, end
]
/** `CHECK_TABLE` for a table that is an argument. */
const CHECK_ARGUMENT = [0x20, 1, ...CHECK_TABLE]
/** The same for the value at the bottom of the function's stack, if index is 1 and it is a table. */
const CHECK_BOTTOM = [
  ...[0x20, 1, 0x41, 1, 0x46, 0x04, 0x40], // if (index == 1)
  ...[0x20, 0, 0x28, 2, 12, 0x28, 2, 8, 0x41, 5, 0x46, 0x04, 0x40], // if (L->base->tt == LUA_TTABLE)
  ...[0x20, 0, 0x28, 2, 12, 0x28, 2, 0], // L->base->value
  ...CHECK_TABLE,
  ...[0x0b, 0x0b],
]

/** Reads and writes the unsigned LEB128 numbers of WebAssembly. */
function numberAt(bytes: Uint8Array, at: number): [value: number, next: number] {
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]
    value |= (byte & 0x7f) << shift
    if (byte < 0x80) return [value, at]
  }
}

function leb(value: number): number[] {
  const bytes: number[] = []
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80)
  return [...bytes, value]
}

/** Puts code before the body of functions, by their number among those of the binary. */
function prepend(
  bytes: Uint8Array,
  imported: number,
  changes: ReadonlyMap<number, readonly number[]>,
): Buffer {
  const pieces: Uint8Array[] = [bytes.subarray(0, 8)]
  for (let at = 8; at < bytes.length; ) {
    const begin = at
    const [size, from] = numberAt(bytes, at + 1)
    at = from + size
    if (bytes[begin] !== CODE_SECTION) {
      pieces.push(bytes.subarray(begin, at))
      continue
    }
    const code = changedCode(bytes.subarray(from, at), imported, changes)
    pieces.push(Uint8Array.from([CODE_SECTION, ...leb(code.length)]), code)
  }
  return Buffer.concat(pieces)
}

function changedCode(section: Uint8Array, imported: number, changes: ReadonlyMap<number, readonly number[]>) {
  const [count, first] = numberAt(section, 0)
  const pieces: Uint8Array[] = [section.subarray(0, first)]
  for (let i = 0, at = first; i < count; i++) {
    const begin = at
    const [size, body] = numberAt(section, at)
    at = body + size
    const added = changes.get(i + imported)
    if (!added) {
      pieces.push(section.subarray(begin, at))
      continue
    }
    let [groups, code] = numberAt(section, body)
    for (; groups > 0; groups--) code = numberAt(section, code)[1] + 1
    pieces.push(Uint8Array.from(leb(size + added.length)), section.subarray(body, code))
    pieces.push(Uint8Array.from(added), section.subarray(code, at))
  }
  return Buffer.concat(pieces)
}

/** The binary beside the bundle, or where its package is installed. */
function binary(): Buffer {
  const beside = fileURLToPath(new URL('./lua.wasm', import.meta.url))
  const path = existsSync(beside)
    ? beside
    : createRequire(import.meta.url).resolve('wasmoon-lua5.1/dist/liblua5.1.wasm')
  return readFileSync(path)
}

let compiled: WebAssembly.Module | undefined

/** Lua 5.1 with read-only tables, which Redis's Lua has and the original has not. */
export function luaModule(): WebAssembly.Module {
  if (compiled) return compiled
  const changes = new Map(WRITE_TO_TABLE.map((index) => [index, CHECK_ARGUMENT]))
  changes.set(SET_METATABLE, CHECK_BOTTOM)
  const bytes = binary()
  const imported = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).length
  compiled = new WebAssembly.Module(prepend(bytes, imported, changes))
  return compiled
}

const text = (value: string) => [value.length, ...Buffer.from(value)]
const section = (id: number, items: readonly number[][]) => {
  const content = [...leb(items.length), ...items.flat()]
  return [id, ...leb(content.length), ...content]
}

/**
 * JavaScript's functions as functions of WebAssembly, which a table takes: a module that imports and exports them.
 * `hook` takes two numbers and returns none, the others take one and return one.
 */
export function asWasm(
  functions: readonly ((state: number) => number)[],
  hook: (state: number, activation: number) => void,
): WebAssembly.ExportValue[] {
  const all = [...functions, hook]
  const module = new WebAssembly.Module(
    Uint8Array.from([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, [
        [0x60, 1, 0x7f, 1, 0x7f],
        [0x60, 2, 0x7f, 0x7f, 0],
      ]),
      ...section(
        2,
        all.map((_, i) => [...text('f'), ...text(String(i)), 0, i < functions.length ? 0 : 1]),
      ),
      ...section(
        7,
        all.map((_, i) => [...text(String(i)), 0, ...leb(i)]),
      ),
    ]),
  )
  const { exports } = new WebAssembly.Instance(module, { f: Object.fromEntries(all.entries()) })
  return all.map((_, i) => exports[i])
}
