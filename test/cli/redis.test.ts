import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { isThorough, testOnce } from '../layer.js'
import { demoNames } from './demos.js'
import { cachelab, refused } from './in-process.js'
import { temporaryFolder } from './lab.js'
import { root } from './run.js'
import { Session } from './session.js'

const script = join(root, 'test/fixtures/lesson.redis')

describe('run', () => {
  testOnce('json has each command with its reply', async () => {
    const input = `SET k "a b"\nGET k\nGET none\nRPUSH l a é\nLRANGE l 0 -1\nLPUSH k x\nINCRBY n 9223372036854775807\nSET b "\\xff"\nGET b\n`
    const { stdout, code } = await cachelab(['redis', 'run', '-', '--format', 'json'], { input })
    expect(code).toBe(0)
    expect(stdout).toContain('"reply":9223372036854775807}')
    expect(JSON.parse(stdout).replies).toMatchObject([
      { command: 'SET k "a b"', reply: { status: 'OK' } },
      { command: 'GET k', reply: 'a b' },
      { command: 'GET none', reply: null },
      { command: 'RPUSH l a é', reply: 2 },
      { command: 'LRANGE l 0 -1', reply: ['a', 'é'] },
      { reply: { error: 'WRONGTYPE Operation against a key holding the wrong kind of value' } },
      {},
      { reply: { status: 'OK' } },
      { reply: { base64: '/w==' } },
    ])
  })

  testOnce.each(['redis', 'redis run -', 'redis run - --format json', 'cluster run -'])(
    '%s runs nothing of a script with a line that it refuses',
    async (words) => {
      const refusal = async (input: string | Uint8Array) => {
        const { stdout, stderr, code } = await cachelab(words.split(' '), { input })
        expect([stdout, code]).toEqual(['', 2])
        return stderr
      }
      expect(await refusal('SET a 1\nGET "a\n')).toMatch(/^error: standard input, line 2: a quote[^\n]+\n$/)
      expect(await refusal('SET a 1\nGET a\0')).toMatch(/line 2 has a zero byte\n$/)
      const long = Buffer.alloc(100_000_001, '#\n')
      expect(await refusal(long)).toBe('error: standard input is longer than 100 MB: too long for a script\n')
    },
  )

  testOnce('raw has replies alone', async () => {
    const input = 'RPUSH l a b\nLRANGE l 0 -1\nGET none\nNOPE\n'
    const { stdout } = await cachelab(['redis', 'run', '-', '--format', 'raw'], { input })
    expect(stdout).toBe("2\na\nb\n\nERR unknown command 'NOPE', with args beginning with: \n")
    expect((await cachelab(['redis'], { input })).stdout).toBe(stdout)
  })

  testOnce('--expect compares, with text or JSON', async () => {
    const folder = temporaryFolder()
    for (const format of ['text', 'json']) {
      const { stdout } = await cachelab(['redis', 'run', script, '--format', format])
      const file = join(folder, `expected.${format}`)
      writeFileSync(file, format === 'json' ? JSON.stringify(JSON.parse(stdout), null, 4) : stdout)
      const same = await cachelab(['redis', 'run', script, '--expect', file])
      expect([same.code, same.stdout]).toEqual([0, expect.stringMatching(/^Same as .*: \d+ /)])
      writeFileSync(file, readFileSync(file, 'utf8').replace('31', '32'))
      const different = await cachelab(['redis', 'run', script, '--expect', file])
      expect(different.code).toBe(1)
      expect(different.stdout).toMatch(
        /^(Line|Reply) \d+ differs from .*\n {2}expected .*32.*\n {2}got .*31.*\n$/,
      )
    }
  })

  testOnce('--expect shows control characters of the file harmless', async () => {
    const file = join(temporaryFolder(), 'expected')
    writeFileSync(file, '\0\u001b[2J\n')
    const { stdout } = await cachelab(['redis', 'run', script, '--expect', file])
    expect(stdout).toContain(String.raw`expected  \x00\x1b[2J`)
  })

  testOnce('--stop-on-error ends at the first error', async () => {
    const input = 'SET k 1\nLPUSH k x\nGET k\n'
    const { stdout, code } = await cachelab(['redis', 'run', '-', '--stop-on-error'], { input })
    expect(code).toBe(1)
    expect(stdout).toMatch(/WRONGTYPE.*\n$/)
    expect(stdout).not.toContain('GET k')
  })

  testOnce('who waits for ever is said so, and what it would have said next is not run', async () => {
    const input = 'BLPOP q 0\nSET never 1\nclient:2> EXISTS never\n'
    const { stdout } = await cachelab(['redis', 'run', '-'], { input })
    expect(stdout).toContain('client:2> EXISTS never\n(integer) 0\n')
    expect(stdout.match(/\(never answered\)/g)).toHaveLength(2)
  })

  testOnce('nothing, blank lines and comments', async () => {
    for (const input of ['', '\n\n', '# nothing\r\n']) {
      expect(await cachelab(['redis', 'run', '-'], { input })).toMatchObject({
        code: 0,
        stdout: '',
        stderr: '',
      })
      expect((await cachelab(['redis', 'run', '-', '--format', 'json'], { input })).stdout).toBe(
        '{"schema":"cachelab/replies@1","command":"redis run","replies":[\n]}\n',
      )
    }
  })

  testOnce('what can’t be a script', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'inner'))
    writeFileSync(join(folder, 'binary'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 10]))
    writeFileSync(join(folder, 'long'), `SET k ${'x'.repeat(2 << 20)}\n`)
    writeFileSync(join(folder, 'quote'), 'SET k v\nSET k "open\n')
    const wrong = [
      [['nowhere.redis'], 'cannot read nowhere.redis: there is no such file'],
      [[join(folder, 'inner')], 'it is a directory'],
      [[join(folder, 'binary')], 'is not text: line 1 has a zero byte'],
      [[join(folder, 'long')], 'line 1 is longer than 1 MB'],
      [[join(folder, 'quote')], "line 2: a quote isn't closed"],
      [[''], 'the script must be a file, got ""'],
      [
        [script, '--format', 'jsonn'],
        '--format must be one of text, raw, json, got "jsonn" (did you mean json?)',
      ],
      [[script, '--expect', 'nowhere'], 'cannot read nowhere: there is no such file'],
    ] as const
    for (const [args, message] of wrong) {
      const { code, stderr } = await cachelab(['redis', 'run', ...args])
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    }
    for (const input of ['client:0> PING\n', 'client:99999> PING\n'])
      expect((await cachelab(['redis', 'run', '-'], { input })).stderr).toContain(
        'clients have numbers from 1 to 1000',
      )
  })

  testOnce('whatever is typed, there is no stack trace', async () => {
    const input = [
      '"" ""',
      '\\',
      'GET',
      "'",
      '*1',
      'CONFIG',
      'CLIENT',
      'client:2>',
      'OBJECT x',
      '\x01\x02',
      'é',
      'SET',
    ]
    for (const line of input) {
      const { stderr, stdout } = await cachelab(['redis'], { input: `${line}\n` })
      expect(stderr + stdout).not.toMatch(/\bat .*:\d+:\d+|undefined/)
    }
  })
})

/** What one server alone refuses: what needs a password, a cluster, replicas, a file, another client or a running script. */
const REFUSED =
  /^(AUTH|CLUSTER .*|ASKING|READONLY|READWRITE|FAILOVER|REPLICAOF|SLAVEOF|SHUTDOWN|CONFIG REWRITE|CLIENT (CACHING|KILL)|LATENCY GRAPH|SCRIPT (DEBUG|KILL))$/

describe('explain, demo, choose, complexity', () => {
  testOnce('a command on what is there', async () => {
    const { stdout } = await cachelab([
      'redis',
      'explain',
      'SINTER',
      'a',
      'b',
      '--given',
      'SADD a 1 2',
      'SADD b 2 3',
    ])
    expect(stdout).toContain('{ "1", "2" }')
    expect(stdout).toContain('1) "2"')
    for (const args of [['zaddd'], ['CONFIG'], ['""'], [' 1'], ['SET', 'k', '--given', '"open']]) {
      const { code, stderr } = await cachelab(['redis', 'explain', ...args])
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: [^\n]+\n$/)])
      expect(stderr).toContain(JSON.stringify(args.at(-1)))
    }
  })

  testOnce.each(['NX', 'nx'])(
    'SET with %s is shown on a key that does not exist, unless one is given',
    async (nx) => {
      const set = ['redis', 'explain', 'SET', 'lock', 'me', nx, 'EX', '30']
      expect((await cachelab(set)).stdout).toMatch(/Reply\n {2}OK\n/)
      expect((await cachelab([...set, '--given', 'SET lock you'])).stdout).toMatch(/Reply\n {2}\(nil\)\n/)
      expect((await cachelab(['redis', 'explain', 'SET', 'nx', 'me'])).stdout).toMatch(
        /Before\n {2}nx {2,}\(string/,
      )
    },
  )

  testOnce('every command can be explained', async () => {
    const { stdout } = await cachelab(['redis', 'commands', '--format', 'json'])
    const names = JSON.parse(stdout).tables[0].rows.map(({ command }: { command: string }) => command)
    expect(names.length).toBeGreaterThan(120)
    const { explain } = await import('../../src/redis-guide/explain.js')
    for (const name of names as string[]) {
      const { reply, line, mistakes } = explain(name.split(' '))
      if (!REFUSED.test(name))
        expect([name, line, reply]).toEqual([name, line, expect.not.stringMatching(/^\(error/)])
      expect(mistakes.length).toBeGreaterThan(0)
    }
  })

  testOnce.each(demoNames)('demo %s goes well', async (name) => {
    const { stdout } = await cachelab(['redis', 'demo', name])
    expect(stdout).not.toMatch(/\(error\) ERR|never answered/)
  })

  testOnce('what grows is found to grow', async () => {
    const args = ['redis', 'complexity', '--sizes', '100,1000,10000', '--format', 'json']
    const { tables, findings } = JSON.parse((await cachelab(args)).stdout)
    const growth = Object.fromEntries(
      tables[0].rows.map(({ command, growth: law }: Record<string, string>) => [command, law]),
    )
    expect(growth).toMatchObject({
      GET: 'O(1)',
      LPUSH: 'O(1)',
      LPOS: 'O(N)',
      LINDEX: 'O(N)',
      ZADD: 'O(log N)',
      ZSCORE: 'O(1)',
    })
    expect(findings[0]).toMatchObject({ id: 'lesson', ok: true })
    await refused(
      ['redis', 'complexity', '--sizes', '5'],
      ['--sizes must be whole numbers from 10 to 1000000'],
    )
  })

  testOnce('the lesson’s choice looks at least', async () => {
    const { tables } = JSON.parse(
      (await cachelab(['redis', 'choose', 'leaderboard', '--format', 'json'])).stdout,
    )
    const steps = (structure: string) =>
      tables[0].rows
        .filter((row: { structure: string }) => row.structure === structure)
        .reduce((sum: number, row: { steps: number }) => sum + row.steps, 0)
    expect(steps('Sorted Set') * 10).toBeLessThan(steps('Hash, sorted by client'))
    for (const name of ['choose', 'demo']) {
      const list = await cachelab(['redis', name])
      expect(list).toMatchObject({ code: 0, stderr: '' })
      expect(list.stdout).toMatch(/^session [\s\S]*\nleaderboard /)
    }
    await refused(['redis', 'choose', 'leaderbord'], ['did you mean leaderboard?'])
    await refused(['redis', 'demo', 'lok'], ['did you mean lock?'])
    await refused(['redis', 'commands', '--group', 'lists'], ['did you mean list?'])
  })
})

testOnce('the shell: hints, help, a client that waits, and the end', async () => {
  vi.stubEnv('XDG_STATE_HOME', temporaryFolder())
  const shell = new Session(root, ['redis'])
  await shell.see('cachelab> ')
  const steps = [
    ['SET lesson 7\n', 'OK'],
    ['LPUSH jobs ', 'element [element ...]'],
    ['a\n', '(integer) 1'],
    ['client:2> BLPOP mail 0\n', '(waits)'],
    ['RPUSH mail hello\n', '"hello"'],
    ['help zrank\n', 'ZRANK key member'],
    ['help nothing\n', 'There is no command NOTHING'],
    ['GET "open\n', 'Invalid argument(s)'],
    ['ZRANGEBYS\t', 'ZRANGEBYSCORE'],
  ] as const
  for (const [typed, shown] of steps) {
    shell.press(typed)
    await shell.see(shown)
  }
  shell.press('\u0003')
  expect(await shell.ended).toBe(130)
  // What was typed is there again, the last line first.
  const again = new Session(root, ['redis'])
  await again.see('cachelab> ')
  again.press('\u001b[A\u001b[A\n')
  await again.see('There is no command NOTHING')
  again.press('quit\n')
  expect(await again.ended).toBe(0)
})

describe('serve and compare', () => {
  testOnce('serve says where, serves redis-cli’s protocol, and ends cleanly', async () => {
    const child = spawn(process.execPath, [join(root, 'bin/cachelab.js'), 'redis', 'serve'])
    let port = ''
    for await (const text of child.stdout) {
      port = /redis:\/\/127\.0\.0\.1:(\d+)/.exec(String(text))?.[1] ?? ''
      break
    }
    expect(Number(port)).toBeGreaterThan(0)
    await refused(['redis', 'serve', '--port', port], ['another program listens there'])
    const cli = spawnSync('redis-cli', ['-p', port, 'ECHO', 'hello'], { encoding: 'utf8' })
    if (!cli.error) expect(cli.stdout).toBe('hello\n')
    // It is a Redis to compare with, too.
    const url = `redis://127.0.0.1:${port}`
    const same = await cachelab(['redis', 'compare', '--url', url, '--commands', '500', '--seed', '3'])
    expect(same).toMatchObject({ code: 0, stdout: expect.stringContaining('✓ All replies are alike.\n') })
    const asJson = await cachelab([
      'redis',
      'compare',
      script.replace('lesson', 'plain'),
      '--url',
      url,
      '--format',
      'json',
    ])
    expect(JSON.parse(asJson.stdout).findings).toMatchObject([{ id: 'same', ok: true }])
    child.kill('SIGTERM')
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(143)
  })

  test.runIf(isThorough)(
    'serve goes on when its memory is full',
    async () => {
      const program = join(root, 'bin/cachelab.js')
      const child = spawn(process.execPath, [
        '--max-old-space-size=200',
        program,
        'redis',
        'serve',
        '--port',
        '0',
      ])
      const [text] = await once(child.stdout, 'data')
      const socket = connect(Number(/:(\d+) /.exec(String(text))?.[1]), '127.0.0.1')
      let replies = ''
      socket.setEncoding('latin1').on('data', (chunk) => {
        replies += chunk
      })
      const value = 'x'.repeat(100_000)
      for (let i = 0; i < 3000; i++) {
        if (
          !socket.write(`*3\r\n$3\r\nSET\r\n$${`k${i}`.length}\r\nk${i}\r\n$${value.length}\r\n${value}\r\n`)
        )
          await once(socket, 'drain')
      }
      socket.write('DEL k0\r\n')
      await expect.poll(() => replies.endsWith(':1\r\n'), { timeout: 60_000 }).toBe(true)
      expect(replies).toMatch(/^\+OK\r\n(\+OK\r\n)+(-OOM command not allowed .*\r\n)/)
      socket.destroy()
      child.kill('SIGTERM')
      await once(child, 'close')
    },
    90_000,
  )

  test('what can’t be compared', async () => {
    await refused(
      ['redis', 'compare', '--url', 'redis://127.0.0.1:1'],
      ['no Redis answers at redis://127.0.0.1:1'],
    )
    for (const url of ['nonsense', 'memcached://127.0.0.1'])
      await refused(
        ['redis', 'compare', '--url', url],
        [`--url must be redis://host:port or rediss://host:port, got "${url}"`],
      )
    await refused(
      ['redis', 'compare', '--database', 'x'],
      ['--database must be a whole number from 0 to 1023'],
    )
    await refused(['redis', 'serve', '--port', '99999'], ['--port must be a whole number from 0 to 65535'])
    await refused(['redis', 'serve', '--host', '203.0.113.7'], ['this machine has no such address'])
    await refused(['redis', 'serve', '--host', ''], ['--host must not be empty'])
  })
})
