import { chmodSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { temporaryFolder } from '../cli/lab.js'
import { root, run } from '../cli/run.js'
import { isThorough } from '../layer.js'
import { blocksIn, readDocument } from './documents.js'

const text = readDocument('src/docs/parallel.md')
const [github, gitlab, kubernetes] = blocksIn(text, 'yaml').map((block) => parse(block))
const [local, ssh, slurm] = blocksIn(text, 'bash')

/** Programs by name that recipes call, in a folder for the PATH. */
const programs = temporaryFolder()
for (const [name, script] of Object.entries({
  cachelab: `exec '${process.execPath}' '${root}bin/cachelab.js' "$@"`,
  npx: 'exec "$@"',
  npm: 'exit 0',
  // No machine is there to log in to: what parallel would run there runs here.
  ssh: 'while [ "$1" != node1 ] && [ "$1" != node2 ]; do shift; done; shift; [ "$1" = -- ] && shift; exec sh -c "$*"',
})) {
  writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(programs, name), 0o755)
}

/** Runs a script of a recipe in a folder, as the engine would with these variables; what it prints. */
async function perform(script: string, cwd: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout, stderr, code } = await run('bash', ['-euc', script], {
    cwd,
    env: { ...env, PATH: `${programs}${delimiter}${process.env.PATH}` },
  })
  expect(code, stderr).toBe(0)
  return stdout
}

let printed: Promise<string> | undefined
/** What one machine prints. */
const whole = () => {
  printed ??= perform('cachelab ring sweep --runs 200', root)
  return printed
}
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

/** The shell lines of a job's steps. */
const linesOf = (job: { steps: readonly { run?: string }[] }) => job.steps.flatMap(({ run }) => run ?? [])

describe.runIf(isThorough)('the recipe for', () => {
  test('the shell merges to the whole', async () => {
    const [script] = blocksIn(text, 'sh')
    expect(await perform(script, temporaryFolder())).toBe(await whole())
  })

  test('GNU parallel on local cores merges to the whole', async () => {
    expect(await perform(local, temporaryFolder())).toBe(await whole())
  })

  test('GNU parallel over ssh merges to the whole', async () => {
    expect(await perform(ssh, temporaryFolder(), { HOME: temporaryFolder() })).toBe(await whole())
  })

  test('GitHub Actions merges to the whole', async () => {
    const folder = temporaryFolder()
    const { shard, merge } = github.jobs
    for (const index of shard.strategy.matrix.shard) {
      const filled = (text: string) => text.replaceAll(/\$\{\{ matrix\.shard }}/g, index)
      await perform(filled(linesOf(shard).join('\n')), folder)
      const { name, path } = shard.steps.at(-1).with
      expect(filled(name)).toMatch(/^part-\d$/)
      mkdirSync(join(folder, merge.steps.at(-2).with.path), { recursive: true })
      renameSync(join(folder, filled(path)), join(folder, merge.steps.at(-2).with.path, filled(path)))
    }
    expect(await perform(linesOf(merge).join('\n'), folder)).toBe(await whole())
  })

  test('GitLab merges to the whole', async () => {
    const folder = temporaryFolder()
    for (const index of upTo(gitlab.shard.parallel)) {
      const job = temporaryFolder()
      const env = { CI_NODE_INDEX: `${index}`, CI_NODE_TOTAL: `${gitlab.shard.parallel}` }
      await perform(gitlab.shard.script.join('\n'), job, env)
      for (const path of gitlab.shard.artifacts.paths)
        for (const name of readdirSync(join(job, path))) {
          mkdirSync(join(folder, path), { recursive: true })
          writeFileSync(join(folder, path, name), await perform(`cat ${path}/${name}`, job))
        }
    }
    expect(await perform(gitlab.merge.script.join('\n'), folder)).toBe(await whole())
  })

  test('Slurm merges to the whole', async () => {
    const folder = temporaryFolder()
    for (const index of upTo(8))
      await perform(slurm, folder, { SLURM_ARRAY_TASK_ID: `${index}`, SLURM_ARRAY_TASK_COUNT: '8' })
    expect(text).toContain("--wrap 'cachelab merge parts'")
    expect(await perform('cachelab merge parts', folder)).toBe(await whole())
  })

  test('Kubernetes merges to the whole', async () => {
    const folder = temporaryFolder()
    const { completions, template } = kubernetes.spec
    const [{ command, args, volumeMounts }] = template.spec.containers
    expect([command, template.spec.volumes[0].name]).toEqual([['sh', '-c'], volumeMounts[0].name])
    for (const index of upTo(completions)) {
      const script = args[0].replace(volumeMounts[0].mountPath, join(folder, 'parts'))
      await perform(script, folder, { JOB_COMPLETION_INDEX: `${index - 1}` })
    }
    expect(await perform('cachelab merge parts', folder)).toBe(await whole())
  })
})

test('every recipe names a shard for each machine', () => {
  expect(github.jobs.shard.strategy.matrix.shard).toEqual(upTo(8))
  expect(linesOf(github.jobs.shard).join()).toContain('/8')
  expect(kubernetes.spec.template.spec.containers[0].args[0]).toContain(`/${kubernetes.spec.completions} `)
})
