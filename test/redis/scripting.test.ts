import { expect, test } from 'vitest'
import { plain } from '../../src/redis/present.js'
import { RedisError, type Reply, WAITS } from '../../src/redis/reply.js'
import { Server } from '../../src/redis/server.js'
import { connect } from './client.js'

const BUSY = {
  error: 'BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.',
}

/** A store in which every look at the clock finds another ten seconds gone, and what it has put off. */
function busy() {
  const server = new Server()
  const tasks: (() => void)[] = []
  let time = 0
  server.turns = {
    now: () => {
      time += 10_000
      return time
    },
    later: (task) => tasks.push(task),
  }
  const replies: unknown[] = []
  const caller = server.connect((reply) => replies.push(plain(reply as Reply)))
  const evaluate = (script: string) => server.execute(caller, ['EVAL', script, '0'])
  const goOn = () => {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) task()
  }
  return { ...connect(server), evaluate, tasks, goOn, replies }
}

test('past the limit other clients are told that a script runs, and SCRIPT KILL ends it', () => {
  const { say, evaluate, goOn, replies } = busy()
  expect(evaluate('while true do end')).toBe(WAITS)
  expect(say('GET k')).toEqual(BUSY)
  expect(say('SCRIPT KILL')).toEqual({ status: 'OK' })
  goOn()
  expect(replies).toEqual([
    {
      error:
        'ERR Script killed by user with SCRIPT KILL... script: 694a5fe1ddb97a4c6a1bf299d9537c7d3d0f84e7, on @user_script:1.',
    },
  ])
  expect(say('GET k')).toBeNull()
  expect(say('SCRIPT KILL')).toEqual({ error: 'NOTBUSY No scripts in execution right now.' })
})

test('a script that catches errors is killed all the same', () => {
  const { say, evaluate, goOn, replies } = busy()
  evaluate('while true do pcall(function() while true do redis.pcall("nope") end end) end')
  say('SCRIPT KILL')
  goOn()
  expect(replies).toEqual([{ error: expect.stringMatching(/^ERR Script killed by user/) }])
})

test('a script that has written runs to its end', () => {
  const { say, evaluate, goOn, replies } = busy()
  evaluate('redis.call("set", "k", "v") for i = 1, 1000000 do end return redis.call("get", "k")')
  expect(say('SCRIPT KILL')).toEqual({ error: expect.stringMatching(/^UNKILLABLE /) })
  goOn()
  expect(replies).toEqual(['v'])
})

test.each([
  ['for i = 1, 1000000 do end return 7', 7],
  ['local function f() for i = 1, 1000000 do end return 1, 2 end return {pcall(f)}', [1, 1, 2]],
  [
    'local function f() for i = 1, 1000000 do end error("x") end return {pcall(f)}',
    [null, 'user_script:1: x'],
  ],
  [
    'local co = coroutine.wrap(function(a) for i = 1, 1000000 do end a = coroutine.yield(a) return a + 1 end) return {co(1), co(2)}',
    [1, 3],
  ],
  ['return {xpcall(function() for i = 1, 1000000 do end error({}) end, type)}', [null, 'table']],
])('what pauses in the middle goes on where it was: %s', (script, reply) => {
  const { evaluate, tasks, goOn, replies } = busy()
  expect(evaluate(script)).toBe(WAITS)
  expect(tasks).toHaveLength(1)
  goOn()
  expect(replies).toEqual([reply])
})

test('a script that can’t pause, since C has called it, is ended', () => {
  const { evaluate } = busy()
  expect(plain(evaluate('return ("x"):gsub("x", function() while true do end end)') as Reply)).toEqual({
    error: expect.stringMatching(/^ERR Script killed by user/),
  })
})

test('without real time a script is ended after so many instructions', () => {
  const { say } = connect()
  say('CONFIG SET busy-reply-threshold 10')
  expect(say('EVAL "while true do end" 0')).toEqual({
    error: expect.stringMatching(/^ERR Script killed by user/),
  })
  expect(say('EVAL "return 1" 0')).toBe(1)
})

test('a pattern that is too deep for the stack costs nothing but its reply', () => {
  const { say } = connect()
  say('SCRIPT LOAD "return 5"')
  const deep = "EVAL \"return ('x'):rep(1000000):match(('x?'):rep(1000000))\" 0"
  expect(say(deep)).toEqual({ error: expect.stringMatching(/^ERR /) })
  expect(say('EVAL "return 5" 0')).toBe(5)
})

test('all bytes reach a script and come back', () => {
  const { server, client } = connect()
  const bytes = String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i))
  expect(server.execute(client, ['EVAL', 'return KEYS[1] .. ARGV[1]', '1', bytes, bytes])).toBe(bytes + bytes)
  const source = `return "${bytes.replace(/["\\\n\r\0]/g, '')}"`
  expect(server.execute(client, ['EVAL', source, '0'])).toBe(source.slice(8, -1))
})

test('over maxmemory a script may read, and write where it says so', () => {
  const { say } = connect()
  say('SET k v')
  say('CONFIG SET maxmemory 1')
  expect(say("EVAL \"return redis.call('get','k')\" 0")).toBe('v')
  expect(say("EVAL \"return redis.pcall('set','k','w')\" 0")).toEqual({
    error: "OOM command not allowed when used memory > 'maxmemory'.",
  })
  expect(say("EVAL \"#!lua flags=allow-oom\\nreturn redis.call('set','k','w')\" 0")).toEqual({ status: 'OK' })
  expect(say('EVAL "#!lua\\nreturn 1" 0')).toEqual({
    error: "OOM allow-oom flag is not set on the script, can not run it when used memory > 'maxmemory'",
  })
})

test.each([
  ['MOVED 1 a:1', 'ERR Script attempted to access a non local key in a cluster node'],
  ['CLUSTERDOWN Hash slot not served', 'ERR Script attempted to execute a command while the cluster is down'],
  [
    "READONLY You can't write against a read only replica.",
    "READONLY You can't write against a read only replica.",
  ],
])('where the command itself would be refused with %s', (refusal, reply) => {
  const { server, say } = connect()
  server.gate = (_, { name }) => {
    if (name === 'set') throw new RedisError(refusal)
  }
  expect(say("EVAL \"return redis.pcall('set','k','v')\" 0")).toEqual({ error: reply })
})

test('Lua’s memory isn’t kept after a script that needed much of it, scripts are', () => {
  const { say } = connect(new Server())
  const sha = say('SCRIPT LOAD "return 1 + 1"')
  expect(say('EVAL "return #string.rep(\'x\', 300000000)" 0')).toBe(300_000_000)
  expect(say(`EVALSHA ${sha} 0`)).toBe(2)
  expect(say(`SCRIPT EXISTS ${sha}`)).toEqual([1])
})
