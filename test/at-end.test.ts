import { expect, test, vi } from 'vitest'

test('a program that ends itself first does what is to be done at its end, once', async () => {
  vi.useFakeTimers()
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never)
  try {
    // One of its own: that of the other tests goes on.
    const own = '../src/at-end.ts?own'
    const { atEnd, endProcess } = (await import(own)) as typeof import('../src/at-end.js')
    let done = () => {}
    const written = new Promise<void>((resolve) => {
      done = resolve
    })
    const actions: string[] = []
    atEnd(() => actions.push('first made'))
    atEnd(() => {
      actions.push('last made')
      return written
    })
    endProcess(7)
    endProcess(8)
    await Promise.resolve()
    expect([actions, exit.mock.calls]).toEqual([['last made', 'first made'], []])
    done()
    await vi.waitFor(() => expect(exit.mock.calls).toEqual([[7]]))
  } finally {
    exit.mockRestore()
    vi.useRealTimers()
  }
})
