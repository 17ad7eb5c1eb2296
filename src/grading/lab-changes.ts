import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { MAX_BYTES, readOwnFile } from './submission.js'

/** Collects what is written and what is said, before anything is written. */
export class Changes {
  readonly files = new Map<string, string | Buffer>()
  readonly replaced = new Map<string, string>()
  readonly added: string[] = []
  readonly left: string[] = []
  readonly there: string[] = []

  constructor(readonly folder: string) {}

  textOf(path: string): string | undefined {
    return readOwnFile(this.folder, path, MAX_BYTES)?.toString()
  }

  isThere(path: string): boolean {
    return existsSync(join(this.folder, path))
  }

  add(path: string, content: string | Buffer): void {
    this.files.set(path, content)
    this.added.push(path)
  }

  replace(path: string, text: string, note: string): void {
    this.replaced.set(path, text)
    this.added.push(`${path} (${note})`)
  }

  /** Files a path that isn't touched: as this cachelab writes it, or changed or deleted. */
  keep(path: string, isAsMade: (text: string) => boolean): void {
    const text = this.textOf(path)
    if (text !== undefined && isAsMade(text)) this.there.push(path)
    else this.left.push(this.isThere(path) ? path : `${path} (deleted)`)
  }
}
