import { join } from 'node:path'
import * as ast from 'typescript/unstable/ast'
import {
  type Checker,
  NodeBuilderFlags,
  type Project,
  SymbolFlags,
  type Symbol as TsSymbol,
  type Type,
} from 'typescript/unstable/sync'
import { root } from '../../cli/run.js'

/** A member of a class or interface, or a field of a type. */
export interface Member {
  readonly signature: string
  readonly doc: string
}

/** What a path of the library exports, as its declaration and its doc comment say. */
export interface Export {
  readonly name: string
  readonly kind: 'class' | 'function' | 'value' | 'type'
  readonly signature: string
  readonly doc: string
  readonly examples: readonly string[]
  readonly members: readonly Member[]
  /** The command that it runs, if it is an experiment. */
  readonly command?: string
}

/** The text of the doc comment that something begins with. */
export const plain = (text: string) =>
  (/^\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? '').replaceAll(/^\s*\* ?/gm, '').trim()

const HIDDEN = [ast.SyntaxKind.PrivateKeyword, ast.SyntaxKind.ProtectedKeyword]
const isHidden = (node: ast.Node) =>
  ((node as ast.MethodDeclaration).modifiers ?? []).some(({ kind }) => HIDDEN.includes(kind))

/** Reads one exported symbol. */
export class Reader {
  private readonly checker: Checker
  private readonly symbol: TsSymbol

  constructor(
    private readonly project: Project,
    private readonly exported: TsSymbol,
  ) {
    this.checker = project.checker
    this.symbol = exported.flags & SymbolFlags.Alias ? this.checker.getAliasedSymbol(exported) : exported
  }

  export(): Export {
    const { name } = this.exported
    const node = this.nodeOf(this.symbol)!
    const command = ast.isVariableDeclaration(node)
      ? /^experiment<[^>]*>\(\s*'([^']+)'\)$/.exec(node.initializer?.getText() ?? '')?.[1]
      : undefined
    const tags = this.checker.getJsDocTagsOfSymbol(this.symbol)
    return {
      ...{
        name,
        kind: command ? 'function' : kindOf(node),
        doc: this.checker.getDocumentationCommentOfSymbol(this.symbol).trim(),
      },
      examples: tags.flatMap((tag) => (tag.name === 'example' ? [`${tag.text}`.trim()] : [])),
      signature: command ? `${name}(options?, run?): Promise<Report>` : this.head(node),
      members: this.members(node),
      ...(command ? { command } : {}),
    }
  }

  private nodeOf({ valueDeclaration, declarations }: TsSymbol): ast.Node | undefined {
    return (valueDeclaration ?? declarations[0])?.resolve(this.project)
  }

  /** The first line of a declaration, without what it has inside. */
  private head(node: ast.Node): string {
    const { name } = this.exported
    if (ast.isFunctionDeclaration(node)) return this.callable(name, node)
    if (ast.isVariableDeclaration(node)) return `${name}: ${this.typeText(node)}`
    if (ast.isTypeAliasDeclaration(node))
      return `type ${name}${generics(node)} = ${node.type.getText()}`.replace('= |', '=\n  |')
    if (!ast.isClassDeclaration(node) && !ast.isInterfaceDeclaration(node))
      throw new Error(`${name} is declared in a way that the reference doesn't know`)
    const heritage = (node.heritageClauses ?? []).map((clause) => ` ${clause.getText()}`).join('')
    return `${ast.isClassDeclaration(node) ? 'class' : 'interface'} ${name}${generics(node)}${heritage}`
  }

  /** What users see of a class or an interface, with what it inherits from ours. */
  private members(node: ast.Node): Member[] {
    if (!ast.isClassDeclaration(node) && !ast.isInterfaceDeclaration(node)) return []
    const constructors = [...node.members].filter(ast.isConstructorDeclaration).map((each) => ({
      signature: this.callable(`new ${this.exported.name}`, each),
      doc: plain(each.jsDoc?.[0]?.getText() ?? ''),
    }))
    const type = this.checker.getDeclaredTypeOfSymbol(this.symbol)
    const statics = ast.isClassDeclaration(node) ? [...this.symbol.getExports().values()] : []
    const found = [...this.checker.getPropertiesOfType(type), ...statics].flatMap((property) => {
      const declared = this.nodeOf(property)
      if (!declared?.getSourceFile().fileName.startsWith(join(root, 'src/')) || isHidden(declared)) return []
      const doc = this.docOf(property) || this.inherited(node, property.name)
      return [{ signature: this.member(property, declared), doc }]
    })
    return [...constructors, ...found]
  }

  private docOf(property: TsSymbol): string {
    return this.checker.getDocumentationCommentOfSymbol(property).trim()
  }

  /** What is said of a member by what a class extends or implements. */
  private inherited(
    { heritageClauses }: Pick<ast.ClassDeclaration, 'heritageClauses'>,
    name: string,
  ): string {
    for (const base of [...(heritageClauses ?? [])].flatMap(({ types }) => [...types])) {
      const type = this.checker.getTypeAtLocation(base)!
      const property = this.checker.getPropertyOfType(type, name)
      const node = type.getSymbol() && this.nodeOf(type.getSymbol()!)
      const further = node && ast.isClassDeclaration(node) ? this.inherited(node, name) : ''
      const doc = (property && this.docOf(property)) || further
      if (doc !== '') return doc
    }
    return ''
  }

  private member({ name, flags }: TsSymbol, node: ast.Node): string {
    const called = flags & SymbolFlags.Optional ? `${name}?` : name
    return ast.isMethodDeclaration(node) || ast.isMethodSignatureDeclaration(node)
      ? this.callable(called, node)
      : `${called}: ${this.typeText(node)}`
  }

  /** A name with its parameters, their defaults, and what it gives. */
  private callable(name: string, node: ast.SignatureDeclaration): string {
    const parameters = [...node.parameters].map((parameter) => {
      const called = ast.isIdentifier(parameter.name) ? parameter.name.text : 'options'
      const { initializer, questionToken, dotDotDotToken } = parameter
      const isOptional = questionToken || initializer?.getText() === '{}'
      const initial = initializer && !isOptional ? ` = ${oneLine(initializer.getText())}` : ''
      return `${dotDotDotToken ? '...' : ''}${called}${isOptional ? '?' : ''}: ${this.typeText(parameter)}${initial}`
    })
    const result = ast.isConstructorDeclaration(node) ? '' : `: ${this.resultOf(node)}`
    return `${name}${generics(node)}(${parameters.join(', ')})${result}`
  }

  private resultOf(node: ast.SignatureDeclaration): string {
    if (node.type) return oneLine(node.type.getText())
    const signature = this.checker.getSignatureFromDeclaration(node)!
    return this.shown(this.checker.getReturnTypeOfSignature(signature)!)
  }

  private typeText(node: ast.Node): string {
    const { type } = node as ast.PropertyDeclaration
    if (type) return oneLine(type.getText())
    return this.shown(this.checker.getTypeAtLocation(node)!)
  }

  /** A type without the paths of files, which differ from machine to machine, and whole: it is cut by its length with them. */
  private shown(type: Type): string {
    const text = this.checker.typeToString(type, undefined, NodeBuilderFlags.NoTruncation)
    return text
      .replaceAll(/import\("[^"]*"\)\./g, '')
      .replaceAll(/typeof import\("[^"]*\/([\w-]+)"\)/g, "typeof import('$1')")
  }
}

function kindOf(node: ast.Node): Export['kind'] {
  if (ast.isClassDeclaration(node)) return 'class'
  if (ast.isFunctionDeclaration(node)) return 'function'
  return ast.isVariableDeclaration(node) ? 'value' : 'type'
}

const generics = ({ typeParameters }: { readonly typeParameters?: ast.NodeArray<ast.Node> | undefined }) =>
  typeParameters ? `<${[...typeParameters].map((each) => each.getText()).join(', ')}>` : ''

const oneLine = (text: string) =>
  text.replaceAll(/\/\*\*[\s\S]*?\*\/|\s*\/\/.*$/gm, '').replaceAll(/\s+/g, ' ')
