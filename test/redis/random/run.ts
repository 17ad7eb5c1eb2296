import { CLIENTS, isBlocking, isSubscribing, type Step, WAITERS } from './program.js'
import { changeable } from './settings.js'
import { Connection, type Wire } from './wire.js'

/** What a server answered to a program. */
export interface Outcome {
  /** A reply for each step. */
  readonly replies: readonly Wire[]
  /** What each client got without asking. */
  readonly pushes: readonly (readonly Wire[])[]
  /** Questions about all keys that were left, and their replies. */
  readonly state: readonly { readonly words: readonly string[]; readonly reply: Wire }[]
}

/** The databases that commands select. */
const DATABASES = [0, 1, 2]

const readers: Readonly<Record<string, (key: string) => string[]>> = {
  string: (key) => ['GET', key],
  hash: (key) => ['HGETALL', key],
  list: (key) => ['LRANGE', key, '0', '-1'],
  set: (key) => ['SMEMBERS', key],
  stream: (key) => ['XINFO', 'STREAM', key, 'FULL', 'COUNT', '0'],
  zset: (key) => ['ZRANGE', key, '0', '-1', 'WITHSCORES'],
}

/** A server with the clients of a program and one that looks after them. */
export class Target {
  private constructor(
    private readonly clients: readonly Connection[],
    private readonly admin: Connection,
    private readonly ids: readonly string[],
    private readonly settings: readonly string[],
  ) {}

  static async open(port: number): Promise<Target> {
    const [admin, ...clients] = await Promise.all(
      Array.from({ length: CLIENTS + 1 }, () => Connection.open(port)),
    )
    const ids = await Promise.all(clients.map(async (client) => (await client.say('CLIENT', 'ID')).text!))
    const { items } = await admin.say('CONFIG', 'GET', ...changeable)
    return new Target(
      clients,
      admin,
      ids,
      items!.map(({ text }) => text!),
    )
  }

  close(): void {
    for (const connection of [this.admin, ...this.clients]) connection.close()
  }

  async run(program: readonly Step[]): Promise<Outcome> {
    await this.begin()
    const replies: (Wire | Promise<Wire>)[] = []
    const waiting = new Map<number, Promise<Wire>>()
    for (let at = 0; at < program.length; ) {
      const { client, words } = program[at]
      const connection = this.clients[client]
      if (WAITERS.includes(client as 6)) {
        await this.unblock(client, waiting)
        waiting.set(client, connection.send([words])[0])
        replies.push(waiting.get(client)!)
        await this.admin.say('PING')
        at++
      } else if (isSubscribing(words)) {
        replies.push(await connection.subscribe(words))
        at++
      } else {
        const first = at
        while (at < program.length && program[at].client === client && !isSubscribing(program[at].words)) at++
        const batch = program.slice(first, at).map((step) => step.words)
        const answers = connection.send(batch)
        // Outside a transaction these wait.
        for (const _ of batch.filter(isBlocking)) {
          await this.admin.say('PING')
          await this.admin.say('CLIENT', 'UNBLOCK', this.ids[client])
        }
        replies.push(...(await Promise.all(answers)))
      }
    }
    for (const client of WAITERS) await this.unblock(client, waiting)
    return { replies: await Promise.all(replies), ...(await this.end()) }
  }

  private async begin(): Promise<void> {
    await this.admin.say('CONFIG', 'SET', ...this.settings, 'sanitize-dump-payload', 'yes')
    await this.admin.say('FLUSHALL')
    await this.admin.say('SCRIPT', 'FLUSH')
    for (const [i, client] of this.clients.entries()) {
      await Promise.all(client.send([['RESET'], ['HELLO', i % 2 === 0 ? '2' : '3']]))
      client.pushes = []
    }
  }

  private async unblock(client: number, waiting: ReadonlyMap<number, Promise<Wire>>): Promise<void> {
    if (!waiting.has(client)) return
    await this.admin.say('CLIENT', 'UNBLOCK', this.ids[client])
    await waiting.get(client)
  }

  private async end(): Promise<Pick<Outcome, 'pushes' | 'state'>> {
    await Promise.all(this.clients.map((client) => client.say('RESET')))
    const state: { words: readonly string[]; reply: Wire }[] = []
    const ask = async (questions: readonly (readonly string[])[]) => {
      const answers = await Promise.all(this.admin.send(questions))
      state.push(...questions.map((words, i) => ({ words, reply: answers[i] })))
      return answers
    }
    for (const db of DATABASES) {
      const [, keys] = await ask([
        ['SELECT', String(db)],
        ['KEYS', '*'],
      ])
      const names = keys.items!.map(({ text }) => text!).sort()
      const types = await ask(names.map((key) => ['TYPE', key]))
      await ask(
        names.flatMap((key, i) => [readers[types[i].text!](key), ['OBJECT', 'ENCODING', key], ['PTTL', key]]),
      )
    }
    await this.admin.say('SELECT', '0')
    return { state, pushes: this.clients.map(({ pushes }) => pushes) }
  }
}
