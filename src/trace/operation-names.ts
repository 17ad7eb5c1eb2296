import { operations } from './batch.js'
import { KeyIndex } from './key-index.js'
import { textOf } from './text/bytes.js'

/** Names of operations in traces of Redis, memcached and block devices, in small letters, and what each does. */
export const operationNames = {
  read: 'get gets gat gats get_lease mget read r rs load l ld'.split(' '),
  write: 'set set_lease add replace cas append prepend incr decr update put write w ws store s st'.split(' '),
  delete: 'del delete evict purge remove unlink'.split(' '),
}

const codes = new Map(
  Object.entries(operationNames).flatMap(([kind, names]) =>
    names.map((name) => [name, operations[kind as keyof typeof operations]] as const),
  ),
)

/** What an operation of any case does; undefined for an unknown name. */
export const operationOf = (name: string): number | undefined => codes.get(name.toLowerCase())

/** The same for names that stand in bytes: each spelling is looked up once. */
export class OperationReader {
  private readonly spellings = new KeyIndex()
  private readonly known: (number | undefined)[] = []

  read(bytes: Uint8Array, start: number, end: number): number | undefined {
    const spelling = this.spellings.number(bytes, start, end)
    if (spelling === this.known.length) this.known.push(operationOf(textOf(bytes, start, end)))
    return this.known[spelling]
  }
}
