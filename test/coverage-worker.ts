import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { type Profiler, Session } from 'node:inspector'
import { afterAll } from 'vitest'

// Set up before each test file by `npm run coverage`. Vitest runs what it has made of the sources, which is in no file:
// its text, with a source map in it, is written beside the counts.
const session = new Session()
session.connect()
session.post('Profiler.enable')
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })

afterAll(() => {
  let scripts: Profiler.ScriptCoverage[] = []
  session.post('Profiler.takePreciseCoverage', (_, { result }) => {
    scripts = result.filter(({ url }) => /\/(src|dist)\//.test(url) && !url.includes('/node_modules/'))
  })
  session.post('Debugger.enable')
  const result = scripts.map((script) => {
    let source = ''
    session.post('Debugger.getScriptSource', { scriptId: script.scriptId }, (_, { scriptSource }) => {
      source = scriptSource
    })
    return { ...script, source }
  })
  session.disconnect()
  writeFileSync(`${process.env.CACHELAB_COVERAGE}/worker-${randomUUID()}.json`, JSON.stringify({ result }))
})
