import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Conversation } from '../../src/grading/conversation.js'
import { openLab } from '../../src/grading/lab.js'
import { gradeLimits } from '../../src/grading/process.js'
import { Sandbox } from '../../src/grading/sandbox.js'
import { temporaryFolder } from '../cli/lab.js'

let lab: string
beforeEach(() => {
  lab = temporaryFolder()
})
afterEach(() => rmSync(lab, { recursive: true }))

/** What `f(1)` of the first of some files comes to, run as a solution is. */
async function outcome(files: Record<string, string>): Promise<unknown> {
  const [file] = Object.keys(files)
  const entry = { file }
  const all = {
    'package.json': '{"type":"module"}',
    'cachelab.json': JSON.stringify({ exercises: { x: entry } }),
  }
  for (const [path, text] of Object.entries({ ...all, ...files })) {
    mkdirSync(dirname(join(lab, path)), { recursive: true })
    writeFileSync(join(lab, path), text)
  }
  const sandbox = new Sandbox(openLab(lab), 'none')
  const conversation = new Conversation(sandbox, entry, gradeLimits)
  try {
    const [one] = await conversation.call('f', [[1]])
    return 'value' in one ? one.value : one.error
  } finally {
    await conversation.close()
    sandbox.remove()
  }
}

const typed: Record<string, string> = {
  'types and an interface':
    'interface A<T> { a: T }\nexport function f<T extends number>(n: T): number { const a: A<number> = { a: n }; return (a as A<number>).a + <number>n! }',
  'a generic arrow function, satisfies and an overload':
    'export function f(n: number): number\nexport function f(n: any) { const g = <T,>(x: T): T => x; return g([n, 1] satisfies number[]).length }',
  'an enum and a const enum':
    'enum A { one = 1, two }\nconst enum B { x = "y" }\nexport const f = (n: A) => (A[n] === "one" && B.x === "y" ? A.two : 0)',
  'parameter properties and private fields':
    'class A { #b = 1\n constructor(private readonly a: number, public c?: string) {}\n get two() { return this.a + this.#b } }\nexport const f = (n: number) => new A(n).two',
  'abstract classes, overrides, declared fields and index signatures':
    'abstract class A { declare x: string; [key: string]: unknown; abstract g(): number }\nclass B extends A { override g() { return 2 } }\nexport const f = (_: number): number => new B().g()',
  'a default export of functions': 'export default { f(n: number) { return n + 1 } }',
  'module.exports': 'module.exports = { f: (n: number) => n + 1 }',
  'exports.f and require': "const os: any = require('node:os')\nexports.f = (n: number) => n + os.EOL.length",
  'export =': 'export = { f: (n: number) => n + 1 }',
  'an await at the top, import.meta and import()':
    "const { sep } = await import('node:path')\nexport const f = (n: number) => n + import.meta.url.split(sep).at(-1)!.length - 3",
}

test.each(Object.entries(typed))('%s', async (_, source) => {
  expect(await outcome({ 'x.ts': source })).toBe(2)
})

const helper = 'export type T = number\nexport const one: T = 1\nexport default one'
const importing: Record<string, Record<string, string>> = {
  'a .ts file': {
    'x.ts': "import { one } from './h.ts'\nexport const f = (n: number) => n + one",
    'h.ts': helper,
  },
  'a .ts file as .js': {
    'x.ts': "import one, { type T } from './lib/h.js'\nexport const f = (n: T) => n + one",
    'lib/h.ts': helper,
  },
  'without an ending': {
    'x.ts': "import one from './h'\nexport const f = (n: number) => n + one",
    'h.ts': helper,
  },
  'types only': {
    'x.ts':
      "import type { T } from './nothing.js'\nimport { U } from './none.js'\nexport const f = (n: T): U => n + 1",
  },
  'a .js file that imports TypeScript': {
    'x.ts': "import { one } from './h.js'\nexport const f = (n: number) => n + one",
    'h.js': "export * from './i.ts'",
    'i.ts': helper,
  },
  'a circle': {
    'x.ts':
      "import { g } from './h.ts'\nexport const one = (): number => 1\nexport const f = (n: number) => g(n)",
    'h.ts': "import { one } from './x.ts'\nexport const g = (n: number) => n + one()",
  },
  JSON: {
    'x.ts': "import data from './h.json' with { type: 'json' }\nexport const f = (n: number) => n + data.one",
    'h.json': '{"one":1}',
  },
  CommonJS: {
    'x.ts':
      "import h from './h.cts'\nimport { one } from './i.cjs'\nexport const f = (n: number) => n + h.one + one - 1",
    'h.cts': "import fs = require('node:fs')\nexport const one: number = fs.existsSync('.') ? 1 : 0",
    'i.cjs': 'exports.one = 1',
  },
  'from CommonJS': {
    'x.cts': "import { one } from './h'\nexport const f = (n: number) => n + one",
    'h.ts': helper,
  },
}

test.each(Object.entries(importing))('imports: %s', async (_, files) => {
  expect(await outcome(files)).toBe(2)
})

test.each([
  [
    {
      'x.ts':
        'type A = {\n  a: number\n}\n\nenum E { a }\nexport const f = (): A => {\n  throw new Error("no")\n}',
    },
    'Error: no (x.ts, line 7)',
  ],
  [{ 'x.ts': 'export const f = 1\nthrow new Error("no")' }, "x.ts can't be loaded: Error: no (x.ts, line 2)"],
  [
    { 'x.ts': '\n\nexport const f = (n: number => n' },
    'x.ts can\'t be loaded: SyntaxError: Unexpected token, expected "," (x.ts, line 3)',
  ],
  [
    { 'x.ts': '\nexport const f = (n: number) => n\nlet f: number' },
    "x.ts can't be loaded: SyntaxError: Identifier 'f' has already been declared (x.ts, line 3)",
  ],
  [
    { 'x.ts': "import './h.ts'", 'h.ts': '\n\nconst a' },
    "x.ts can't be loaded: SyntaxError: Missing initializer in const declaration (h.ts, line 3)",
  ],
  [
    { 'x.ts': "import { a } from './h.ts'\nexport const f = a", 'h.ts': '' },
    "x.ts can't be loaded: SyntaxError: The requested module './h.ts' does not provide an export named 'a'",
  ],
  [{ 'x.ts': "import './h.js'" }, "x.ts can't be loaded: Error: Cannot find module './h.js'"],
  [
    { 'x.js': '\nexport const f = n => n +' },
    "x.js can't be loaded: SyntaxError: Unexpected token (x.js, line 2)",
  ],
  [
    { 'x.js': 'export const f = n => n\n\nlet f = 1' },
    "x.js can't be loaded: SyntaxError: Identifier 'f' has already been declared (x.js, line 3)",
  ],
  [
    { 'x.js': "\nimport 'node:fs'\nJSON.parse('}')\nexport const f = 1" },
    /x\.js can't be loaded: SyntaxError: Unexpected token .*\(x\.js, line 3\)/,
  ],
])('the file and the line of an error: %j', async (files, message) => {
  const expected =
    typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message)
  expect(await outcome(files as Record<string, string>)).toEqual(expected)
})
