/** What is used of WebAssembly, whose types TypeScript has only for browsers. */
declare namespace WebAssembly {
  type ImportValue = ((...args: number[]) => unknown) | Memory
  type Imports = Record<string, Record<string, ImportValue>>
  type ExportValue = ((...args: number[]) => number) | Memory | Table

  class Module {
    constructor(bytes: Uint8Array)
    static imports(module: Module): { readonly name: string }[]
  }
  class Instance {
    constructor(module: Module, imports: Imports)
    readonly exports: Record<string, ExportValue>
  }
  class Memory {
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  class Table {
    readonly length: number
    get(index: number): (...args: number[]) => number
    set(index: number, value: ExportValue): void
    grow(count: number): number
  }
  class RuntimeError extends Error {}
}
