import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { minifySync } from 'rolldown/experimental'
import { parseAst } from 'rolldown/parseAst'
import { root } from '../../cli/run.js'

/** What somebody does to a copy so that it doesn't look like one. */
export const disguises = ['names', 'order', 'layout', 'dead code', 'loops'] as const
export type Disguise = (typeof disguises)[number]

/** Copies of sources in one disguise after the other, by programs that keep what the code does. */
export function disguised(
  sources: readonly { readonly file: string; readonly text: string }[],
  ...how: Disguise[]
): string[] {
  const isPython = ({ file }: { file: string }) => file.endsWith('.py')
  const input = JSON.stringify({ sources: sources.filter(isPython).map(({ text }) => text), how })
  const script = join(root, 'test/grading/similarity/disguise.py')
  const copies = JSON.parse(execFileSync('python3', [script], { input, encoding: 'utf8' })) as string[]
  return sources.map((one) =>
    isPython(one) ? copies.shift()! : how.reduce((text, next) => javascript[next](text), one.text),
  )
}

/** A node of ESTree. */
interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  // biome-ignore lint/suspicious/noExplicitAny: what a node has depends on its type
  readonly [key: string]: any
}

const parsed = (source: string) => parseAst(source, { lang: 'ts' }) as unknown as Node

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

const childrenOf = (node: Node): Node[] =>
  Object.values(node)
    .flat()
    .filter(isNode)
    .sort((a, b) => a.start - b.start)

const within = (node: Node): Node[] => [node, ...childrenOf(node).flatMap(within)]

/** A node's text, with others in the place of some nodes in it. */
function printed(
  source: string,
  node: Node,
  replace: (node: Node, print: (node: Node) => string, parent: Node) => string | undefined,
): string {
  const print = (at: Node): string => {
    let [text, from] = ['', at.start]
    for (const child of childrenOf(at)) {
      // A shorthand property is its own value.
      if (child.start < from) continue
      text += source.slice(from, child.start) + (replace(child, print, at) ?? print(child))
      from = child.end
    }
    return text + source.slice(from, at.end)
  }
  return print(node)
}

const javascript: Record<Disguise, (source: string) => string> = {
  names: (source) => {
    const program = parsed(source)
    const names = renamed(program)
    return printed(source, program, (node, print, parent) => {
      if (node.type === 'Property' && node.shorthand) {
        const { start, end } = node.value
        return `${node.key.name}: ${print({ type: 'Value', start, end, value: node.value })}`
      }
      const isKey = parent.key === node || parent.property === node
      if (node.type !== 'Identifier' || (isKey && !parent.computed)) return undefined
      const name = names.get(node.name)
      return name && name + source.slice(node.start + node.name.length, node.end)
    })
  },
  order: (source) => {
    const program = parsed(source)
    const lists: Node[][] = [
      program.body.filter(isFunction),
      ...within(program)
        .filter(({ type }) => type === 'ClassBody')
        .map(({ body }) => body.filter((one: Node) => one.type === 'MethodDefinition')),
    ]
    const others = new Map(lists.flatMap((list) => list.map((one, i) => [one, list.at(-1 - i)!])))
    return printed(source, program, (node, print) =>
      others.has(node) ? print(others.get(node)!) : undefined,
    )
  },
  layout: (source) =>
    minifySync('copy.ts', source, { compress: false, mangle: false, codegen: { removeWhitespace: false } })
      .code.split('\n')
      .map((line, i) => (/^\s*[\w}].*;$/.test(line) ? `${line} // step ${i}\n\n` : line))
      .join('\n'),
  'dead code': (source) => {
    let count = 0
    return printed(source, parsed(source), (node, print, parent) => {
      const isStatement = Array.isArray(parent.body) && /Statement$|^VariableDeclaration$/.test(node.type)
      return isStatement && ++count % 3 === 0 ? `${deadCode(count / 3)}\n${print(node)}` : undefined
    })
  },
  loops: (source) => {
    let count = 0
    return printed(source, parsed(source), (node, print) => {
      const body = () => print(node.body)
      const goesOn = () => within(node.body).some(({ type }) => type === 'ContinueStatement')
      if (node.type === 'WhileStatement') return `for (; ${print(node.test)}; ) ${body()}`
      if (node.type === 'ForStatement' && node.test && node.update && !goesOn())
        return `{ ${node.init ? print(node.init) : ''}\nwhile (${print(node.test)}) { ${body()}\n${print(node.update)} } }`
      if (node.type !== 'ForOfStatement') return undefined
      const [list, at] = [`list${++count}`, `at${count}`]
      return `{ const ${list} = [...${print(node.right)}]\nlet ${at} = 0\nwhile (${at} < ${list}.length) {
        ${print(node.left)} = ${list}[${at}++]\n${body()} } }`
    })
  },
}

const isFunction = (node: Node) =>
  node.type === 'FunctionDeclaration' || node.declaration?.type === 'FunctionDeclaration'

/** Other names for what a program declares, but not for what it exports, imports or keeps in an object. */
function renamed(program: Node): Map<string, string> {
  const kept = within(program)
    .filter(({ type }) => type === 'TSParameterProperty')
    .map(({ parameter }) => parameter)
  const exported = program.body
    .filter(({ type }: Node) => /^Export/.test(type))
    .flatMap(({ declaration, specifiers }: Node) => [
      declaration?.id,
      ...(declaration?.declarations ?? []).map(({ id }: Node) => id),
      ...(specifiers ?? []).map(({ local }: Node) => local),
    ])
  const fixed = [...kept, ...exported].filter(isNode).flatMap(bound)
  const declared = within(program)
    .flatMap((node) => [node.id, ...(node.params ?? [])].filter(isNode))
    .flatMap(bound)
    .filter((name) => !fixed.includes(name))
  return new Map([...new Set(declared)].map((name, i) => [name, `${name.slice(0, 1)}${i}`]))
}

/** The names that a pattern binds. */
function bound(pattern: Node): string[] {
  if (pattern.type === 'Identifier') return [pattern.name]
  const parts = pattern.properties ?? pattern.elements ?? [pattern.left ?? pattern.argument ?? pattern.value]
  return parts.filter(isNode).flatMap(bound)
}

function deadCode(i: number): string {
  const pieces = [
    `const spare${i} = ${i} + 1`,
    `if (${i} > ${i + 1}) { console.log('never', ${i}) }`,
    `let unused${i} = [${i}, 'more']`,
  ]
  return pieces[i % pieces.length]
}
