/** Small tools of the benchmarks: medians of several rounds, taken in turn, so that a drift of the machine hits all. */
import { spawnSync } from 'node:child_process'

export function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1]
}

/** Milliseconds that each of several functions takes: the median over rounds in which all take turns. */
export function inTurn(functions, rounds = 7) {
  const times = Object.fromEntries(Object.keys(functions).map((name) => [name, []]))
  for (let round = -1; round < rounds; round++) {
    for (const [name, run] of Object.entries(functions)) {
      const start = performance.now()
      run()
      if (round >= 0) times[name].push(performance.now() - start)
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]))
}

const REPORT_MEMORY =
  "data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS+'\\n'))"

/** Certificates that Node would read at every start take longer than all else in it, and hide what is measured. */
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env

/** Runs node as a whole process: milliseconds, and the peak of its memory in MB where `memory` is asked for. */
export function wholeProcess(args, { input, memory = false } = {}) {
  const start = performance.now()
  const { status, stderr } = spawnSync(
    process.execPath,
    [...(memory ? ['--import', REPORT_MEMORY] : []), ...args],
    {
      input,
      env,
      stdio: ['pipe', 'ignore', 'pipe'],
      encoding: 'utf8',
    },
  )
  const milliseconds = performance.now() - start
  if (status !== 0) throw new Error(`node ${args.join(' ')}: ${stderr}`)
  return { milliseconds, megabytes: memory ? Number(/peak (\d+)/.exec(stderr)[1]) / 1024 : undefined }
}

export function heading(text) {
  console.log(`\n${text}`)
}

/** One line: what, how long, and how it compares. */
export function line(what, milliseconds, comparison = '') {
  console.log(`  ${what.padEnd(46)} ${`${milliseconds.toPrecision(3)} ms`.padStart(10)}  ${comparison}`)
}
