/** Bytes that are copied in a millisecond. */
const COPY_SPEED = 5e6

/** Memory that a server shares with its child: the first write to a page since the fork copies it. */
export class SharedPages {
  /** Most bytes that were copied for one child. */
  mostCopied = 0
  private copied = 0
  private forks = 0
  /** For each page the number of the last child for which it was copied. */
  private readonly copiedFor: Uint16Array

  /** Items of so many bytes lie one behind the other. */
  constructor(
    private readonly item: number,
    items: number,
    private readonly page: number,
  ) {
    this.copiedFor = new Uint16Array(Math.ceil((items * item) / page) + 1)
  }

  fork(): void {
    this.forks++
    this.copied = 0
  }

  /** Writes an item while a child runs, and returns the milliseconds that copying takes. */
  write(key: number): number {
    const { item, page } = this
    const before = this.copied
    const last = Math.floor(((key + 1) * item - 1) / page)
    for (let number = Math.floor((key * item) / page); number <= last; number++) {
      if (this.copiedFor[number] === this.forks) continue
      this.copiedFor[number] = this.forks
      this.copied += page
    }
    this.mostCopied = Math.max(this.mostCopied, this.copied)
    return (this.copied - before) / COPY_SPEED
  }
}
