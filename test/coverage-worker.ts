import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { type Profiler, Session } from 'node:inspector'
import { afterAll } from 'vitest'

// Set up before each test file by `npm run coverage`. The built program is in files. What Vitest has made of the sources
// is in none: its text, with a source map in it, is written beside the counts.
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
    if (script.url.includes('/dist/')) return script
    let source = ''
    session.post('Debugger.getScriptSource', { scriptId: script.scriptId }, (_, { scriptSource }) => {
      source = scriptSource
    })
    return { ...script, source }
  })
  session.disconnect()
  writeFileSync(`${process.env.CACHELAB_COVERAGE}/worker-${randomUUID()}.json`, JSON.stringify({ result }))
})
