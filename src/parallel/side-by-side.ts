/** Places for work at the same time: what finds all of them taken waits its turn. */
export class Places {
  private readonly waiting: (() => void)[] = []

  constructor(private free: number) {}

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--
    else await new Promise<void>((resolve) => this.waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = this.waiting.shift()
      if (next) next()
      else this.free++
    }
  }
}

/** Does work on each item, `count` at the same time, in their order. After an error, which it throws, none begins. */
export async function sideBySide<T>(
  items: readonly T[],
  count: number,
  work: (item: T, place: number) => Promise<unknown>,
): Promise<void> {
  const places = new Places(count)
  let isOver = false
  const tasks = items.map((item, place) => places.take(async () => isOver || (await work(item, place))))
  await Promise.all(tasks).finally(() => {
    isOver = true
  })
}
